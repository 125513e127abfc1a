using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class DutyParametersTests
{
    private static readonly DutyParameters Verify = new(Duty.Verify, "pipeline", "mlops-pipeline-a-b", "pipeline.json");

    [Test]
    public void Are_compact_JSON_and_read_back()
    {
        var json = Verify.ToJson();

        Assert.That(
            json,
            Is.EqualTo(
                """{"duty":"Verify","target":"pipeline","stack":"mlops-pipeline-a-b","parameterFile":"pipeline.json"}"""
            )
        );
        Assert.That(DutyParameters.TryParse(json, out var read, out _), Is.True);
        Assert.That(read, Is.EqualTo(Verify));
    }

    [Test]
    public void Fit_for_the_longest_names()
    {
        var longest = new DutyParameters(
            Duty.Summarize,
            new string('t', Target.NameLimit),
            new string('s', 128),
            new string('t', Target.NameLimit) + "." + new string('p', 20) + ".json"
        )
        {
            Stacks = [new string('s', 128), new string('s', 128)],
            Execution = "#{codepipeline.PipelineExecutionId}",
        };

        Assert.That(longest.ToJson(), Has.Length.LessThanOrEqualTo(DutyParameters.Limit));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"duty":"Verify"}""")]
    [TestCase("""{"duty":"Dance","target":"a","stack":"b","parameterFile":"c"}""")]
    [TestCase("""{"duty":"Verify","target":null,"stack":"b","parameterFile":"c"}""")]
    public void Refuses(string? json)
    {
        Assert.That(DutyParameters.TryParse(json, out _, out var problem), Is.False);
        Assert.That(
            problem,
            Is.EqualTo(
                "The action's UserParameters are not a JSON object with duty (Prepare, Summarize, Verify, Apply), target, stack and parameterFile."
            )
        );
    }
}
