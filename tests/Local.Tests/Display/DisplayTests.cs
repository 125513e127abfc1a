using System.Text.Json.Nodes;
using Mlops.Local.Display;
using Mlops.Local.Stacks;

namespace Mlops.Local.Tests.Display;

public sealed class DisplayTests
{
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    [TearDown]
    public void Empty()
    {
        output.GetStringBuilder().Clear();
        errors.GetStringBuilder().Clear();
    }

    [OneTimeTearDown]
    public void Close()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Test]
    public void Plain_text_tells_of_an_action_once_for_each_of_its_states()
    {
        var display = new PlainDisplay(output, errors);

        display.Show(Deploying("InProgress"));
        display.Show(Deploying("InProgress"));
        display.Show(Deploying("Succeeded"));

        Assert.That(
            output.ToString().ReplaceLineEndings("\n"),
            Is.EqualTo("  DeployPipeline   Deploy     InProgress\n  DeployPipeline   Deploy     Succeeded\n")
        );
    }

    [Test]
    public void A_failure_goes_to_the_errors_and_names_the_program()
    {
        new PlainDisplay(output, errors).Show(new Failed("Port 4580 is in use."));

        Assert.That(errors.ToString().ReplaceLineEndings("\n"), Is.EqualTo("mlops: Port 4580 is in use.\n"));
        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public void As_JSON_each_event_is_one_line_that_says_what_it_is()
    {
        var left = new LeftOut("dev", [new NotCarriedOut("AWS::ECR::Repository", "EncryptionConfiguration", "images")]);

        new JsonDisplay(output).Show(left);

        Assert.That(
            output.ToString().ReplaceLineEndings("\n"),
            Is.EqualTo(
                """{"event":"leftOut","where":"dev","things":[{"type":"AWS::ECR::Repository","property":"EncryptionConfiguration","name":"images"}]}"""
                    + "\n"
            )
        );
        Assert.That(JsonNode.Parse(output.ToString()), Is.Not.Null);
    }

    [TestCase("standins", "packages: stand-ins (the registry does not serve the official ones; docs/packages.md)")]
    [TestCase("registry", "packages: official")]
    public void The_first_line_says_which_packages_are_used(string source, string line)
    {
        new PlainDisplay(output, errors).Show(new PackagesChosen(source));

        Assert.That(output.ToString().TrimEnd(), Is.EqualTo(line));
    }

    private static PipelineChanged Deploying(string status) =>
        new(
            new PipelineView(
                "mlops-pipeline-a",
                [new StageView("DeployPipeline", status, [new ActionView("Deploy", status, null, null, null, null)])]
            )
        );
}
