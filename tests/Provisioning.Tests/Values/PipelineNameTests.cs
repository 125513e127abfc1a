using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Tests.Values;

public sealed class PipelineNameTests
{
    private const string Postfix = "byompipelinerealtimebuiltin";

    [TestCase("latest", "latest")]
    [TestCase(" v1 ", "v1")]
    [TestCase("1.0", "1-0-d0ff5974")]
    [TestCase("1_0", "1-0-91ce60c0")]
    [TestCase("_", "d2e2adf7")]
    public void A_tag_that_no_name_can_hold_gets_a_hash(string tag, string part)
    {
        var name = PipelineName.ModelNameOf(tag);

        Assert.That(PipelineName.IsModelName(name), name);
        Assert.That(name, Is.EqualTo(part));
    }

    [TestCase("my-model", "mlops-pipeline-my-model-byompipelinerealtimebuiltin")]
    [TestCase(" My-Model2 ", "mlops-pipeline-my-model2-byompipelinerealtimebuiltin")]
    public void Is_the_predecessors_stack_name(string model, string name) =>
        Assert.That(PipelineName.For(model, Postfix).Text, Is.EqualTo(name));

    [Test]
    public void Is_left_alone_up_to_the_limit_and_shortened_with_a_hash_above([Range(50, 64)] int length)
    {
        var name = PipelineName.For(new string('m', length), Postfix).Text;

        Assert.That(name, Has.Length.LessThanOrEqualTo(PipelineName.Limit));
        Assert.That(name, Does.EndWith($"-{Postfix}"));
        Assert.That(name.Contains(new string('m', length), StringComparison.Ordinal), Is.EqualTo(length <= 57));
    }

    [Test]
    public void Long_names_that_differ_at_the_end_only_stay_apart()
    {
        var start = new string('m', 100);

        Assert.That(PipelineName.For(start + "1", Postfix), Is.Not.EqualTo(PipelineName.For(start + "2", Postfix)));
    }

    [Test]
    public void Fits_a_state_machine_where_there_is_a_job() =>
        Assert.That(
            PipelineName.For(new string('m', 128), Postfix, PipelineName.LimitWithJob).Text,
            Has.Length.EqualTo(PipelineName.LimitWithJob)
        );

    [TestCase("")]
    [TestCase("my_model")]
    [TestCase("my model")]
    [TestCase("mödel")]
    [TestCase("a/b")]
    [TestCase("--", Description = "jobs would be named after nothing")]
    public void Refuses_a_model_that_AWS_could_not_name(string model) =>
        Assert.That(() => PipelineName.For(model, Postfix), Throws.InstanceOf<FormatException>());
}
