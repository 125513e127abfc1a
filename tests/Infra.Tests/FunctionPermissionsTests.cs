using System.Text.RegularExpressions;
using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

/// <summary>A function may do what its code calls, and nothing besides.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed partial class FunctionPermissionsTests
{
    /// <summary>Services whose actions have the names of the calls.</summary>
    private static readonly string[] Services = ["cloudformation", "codepipeline", "sagemaker"];

    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.Settings);

    [TestCase("mlops-dev-orchestrator-role", "lambdas/Provisioning", "lambdas/Orchestrator")]
    [TestCase("mlops-dev-deployment-flow-role", "lambdas/DeploymentFlow")]
    public void The_role_of_a_function_allows_exactly_what_its_code_calls(string role, params string[] folders)
    {
        var called = folders
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Checkout.Path, folder), "*.cs", SearchOption.AllDirectories)
            )
            .SelectMany(file => Call().Matches(File.ReadAllText(file)))
            .Select(call => $"{call.Groups["client"].Value.ToLowerInvariant()}:{call.Groups["operation"].Value}")
            .Where(action => Services.Contains(action.Split(':')[0]))
            .Distinct();
        var allowed = _declared
            .Statements.Where(statement => statement.Urn.EndsWith($"::{role}", StringComparison.Ordinal))
            .SelectMany(statement => statement.Actions)
            .Where(action => Services.Contains(action.Split(':')[0]));

        Assert.That(allowed, Is.EquivalentTo(called));
    }

    [GeneratedRegex(
        @"\b(?<client>codePipeline|cloudFormation|sageMaker)\.(?<operation>[A-Z]\w+)Async\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Call();
}
