using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;
using YamlDotNet.RepresentationModel;

namespace Mlops.Infra.Tests;

/// <summary>The stack files that the repository ships are read as the engine hands them to the program.</summary>
public sealed class StackFilesTests
{
    [Test]
    public void The_dev_stack_is_complete_and_can_be_taken_down()
    {
        var settings = Read("dev");

        Assert.That(settings.RetainData, Is.False);
    }

    [Test]
    public void The_multiaccount_stack_delivers_to_three_accounts_the_last_two_after_an_approval()
    {
        var targets = Read("multiaccount").Targets;

        Assert.That(
            targets.Select(target => (target.Name, target.Approval)),
            Is.EqualTo([("dev", false), ("staging", true), ("prod", true)])
        );
    }

    [TestCase("dev")]
    [TestCase("multiaccount")]
    public void Nothing_may_be_made_without_a_provider(string stack)
    {
        var disabled = (YamlSequenceNode)Nodes(stack)["pulumi:disable-default-providers"];

        Assert.That(disabled.Select(node => node.ToString()), Is.EqualTo(["*"]));
    }

    [TestCase("dev")]
    [TestCase("multiaccount")]
    public void A_stack_of_this_name_can_be_made(string stack)
    {
        Assert.That(() => DeploymentName.Of("mlops", stack), Throws.Nothing);
    }

    private static StackSettings Read(string stack) =>
        StackSettings.Read(
            Configuration(stack).GetValueOrDefault,
            Nodes(stack).Children.Keys.Select(key => key.ToString())
        );

    private static Dictionary<string, string> Configuration(string stack) =>
        Nodes(stack)
            .Children.ToDictionary(
                entry => entry.Key.ToString(),
                entry => entry.Value is YamlScalarNode value ? value.ToString() : Json(entry.Value)
            );

    /// <summary>The engine hands structured values over as JSON text.</summary>
    private static string Json(YamlNode value) => Plain(value)!.ToJsonString();

    private static JsonNode? Plain(YamlNode value) =>
        value switch
        {
            YamlMappingNode map => new JsonObject([
                .. map.Children.Select(entry => KeyValuePair.Create(entry.Key.ToString(), Plain(entry.Value))),
            ]),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Plain)]),
            YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value
                == "true",
            _ => value.ToString(),
        };

    private static YamlMappingNode Nodes(string stack)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Checkout.Path, $"Pulumi.{stack}.yaml"));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode["config"];
    }
}
