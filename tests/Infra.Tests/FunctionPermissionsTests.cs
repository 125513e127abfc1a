using System.Text.RegularExpressions;
using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

/// <summary>A function may do what its code calls, and nothing besides.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed partial class FunctionPermissionsTests
{
    /// <summary>Services whose actions have the names of the calls.</summary>
    private static readonly string[] Services = ["cloudformation", "codepipeline", "sagemaker"];

    /// <summary>What is called only where there is a source of config files (<see cref="ConfigSourceTests"/>).</summary>
    private const string OfASource = "CodePipelineCommits.cs";

    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.Settings);

    [TestCase("mlops-dev-orchestrator-role", "lambdas/Provisioning", "lambdas/Orchestrator")]
    [TestCase(
        "mlops-dev-deployment-flow-role",
        "lambdas/DeploymentFlow",
        Description = "and what removes a pipeline that was taken down"
    )]
    public void The_role_of_a_function_allows_exactly_what_its_code_calls(string role, params string[] folders)
    {
        var called = folders
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Checkout.Path, folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file => Path.GetFileName(file) != OfASource)
            .SelectMany(file => Call().Matches(File.ReadAllText(file)))
            .Select(call => $"{Service(call.Groups["client"].Value)}:{call.Groups["operation"].Value}")
            .Concat(role.Contains("deployment-flow", StringComparison.Ordinal) ? CallsOfTeardownEnd() : [])
            .Where(action => Services.Contains(action.Split(':')[0]))
            .Distinct();
        var allowed = _declared
            .Statements.Where(statement => statement.Urn.EndsWith($"::{role}", StringComparison.Ordinal))
            .SelectMany(statement => statement.Actions)
            .Where(action => Services.Contains(action.Split(':')[0]))
            .Distinct();

        Assert.That(allowed, Is.EquivalentTo(called));
    }

    /// <summary>It calls by the library's interface, whose calls are those of CodePipeline's API.</summary>
    private static IEnumerable<string> CallsOfTeardownEnd()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Path, "lambdas/Provisioning/CodePipelines/TeardownEnd.cs"));
        return LibraryCall()
            .Matches(text)
            .Select(call =>
                call.Groups["operation"].Value switch
                {
                    "Find" => "codepipeline:GetPipeline",
                    "State" => "codepipeline:GetPipelineState",
                    "Tags" => "codepipeline:ListTagsForResource",
                    "Delete" => "codepipeline:DeletePipeline",
                    var other => $"codepipeline:{other}",
                }
            );
    }

    /// <summary>Lambda puts them there in the name of the function's role (Lambda, retaining asynchronous records).</summary>
    [TestCase("mlops-dev-deployment-flow-role", new[] { "sqs:SendMessage", "kms:Decrypt", "kms:GenerateDataKey" })]
    [TestCase("mlops-dev-orchestrator-role", new string[0], Description = "it is called synchronously")]
    public void Only_a_function_that_is_called_asynchronously_may_put_dead_letters(string role, string[] actions)
    {
        var statements = _declared
            .Statements.Where(statement =>
                statement.Property == "policies/DeadLetters"
                && statement.Urn.EndsWith($"::{role}", StringComparison.Ordinal)
            )
            .ToList();

        Assert.That(statements.SelectMany(statement => statement.Actions), Is.EquivalentTo(actions));
        foreach (var statement in statements)
        {
            var isKey = statement.Actions.Contains("kms:Decrypt");

            Assert.That(
                statement.Resources,
                Is.EqualTo([
                    isKey
                        ? "arn:aws:kms:us-east-1:123456789012:key/mlops-dev-operations-key"
                        : "arn:aws:sqs:us-east-1:123456789012:mlops-dev-dead-letters",
                ]),
                statement.ToString
            );
            Assert.That(
                statement.Condition("StringEquals", "kms:ViaService"),
                Is.EqualTo(isKey ? "sqs.us-east-1.amazonaws.com" : null),
                statement.ToString
            );
        }
    }

    /// <summary>In a target it is another role of CloudFormation's that clears.</summary>
    private static string Service(string client) => client == "clearing" ? "cloudformation" : client.ToLowerInvariant();

    [GeneratedRegex(
        @"\b(?<client>clearing|codePipeline|cloudFormation|sageMaker)\.(?<operation>[A-Z]\w+)Async\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Call();

    [GeneratedRegex(@"\bpipelines\.(?<operation>[A-Z]\w+)Async\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LibraryCall();
}
