using System.Text.Json.Nodes;
using Mlops.Infra.Publishing;
using Mlops.Local.Programs;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Natives;
using Mlops.Local.Stacks.Wire;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>A pipeline that the program declares, on its way to the emulator.</summary>
public sealed class DeclaredPipelineTests
{
    [Test]
    public async Task It_has_its_own_tags_and_its_providers()
    {
        await using var bench = await Bench.StartAsync();
        using var http = new HttpClient();
        var aws = new Mlops.Local.Stacks.Wire.LocalAws(http, bench.Endpoint, TimeProvider.System);
        var inputs = Of(bench, ("Approve", [Approval("Approve", 1)]));
        inputs["tags"] = new JsonArray(new JsonObject { ["key"] = "team", ["value"] = "a" });
        var provider = new ProviderAccount(
            AwsAccount.Orchestrator("us-east-1"),
            new Dictionary<string, string> { ["mlops:deployment"] = "mlops-dev", ["team"] = "everybody" }
        );

        var created = await new NativeCreator(aws, new NotCarriedOutList(), TimeProvider.System).CreateAsync(
            "aws-native:codepipeline:Pipeline",
            "config",
            inputs,
            provider,
            CancellationToken.None
        );
        var none = new LambdaPackage("", "", "", "", "");
        await new DeclaredParts([created], new LambdaPackages(none, none)).CreatePipelinesAsync(
            aws,
            CancellationToken.None
        );

        var tags = await bench.Api.CallAsync(
            "ListTagsForResource",
            new JsonObject { ["resourceArn"] = $"arn:aws:codepipeline:us-east-1:{Bench.Account}:{bench.Pipeline}" }
        );
        Assert.That(
            tags["tags"]!.AsArray().Select(tag => $"{tag!["key"]}={tag["value"]}"),
            Is.EqualTo(["mlops:deployment=mlops-dev", "team=a"])
        );
    }
}
