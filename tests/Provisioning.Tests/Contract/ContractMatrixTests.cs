using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Contract;

/// <summary>Type by registry by number of targets by one value or one for each: what each target gets.</summary>
public sealed class ContractMatrixTests
{
    private static readonly ContractTable Table = ContractTable.Default;
    private static readonly string[] Names = ["dev", "staging", "prod"];

    private static IEnumerable<TestCaseData> TypesAndTargets() =>
        from type in Table.Types
        from targets in new[] { 2, 3 }
        select new TestCaseData(type, targets);

    [TestCaseSource(nameof(TypesAndTargets))]
    public void One_value_is_every_targets_value(ContractType contract, int targets)
    {
        var settings = Deployed(contract, targets);
        var single = Contracted.Parameters(contract.Example(), Deployments.Single(contract.Registry));

        // Who may do what belongs to the account, and is a part of what names are made of.
        var names = contract.Parameters.Keys.Except(Contracted.MadeOfContents).ToList();
        foreach (var target in TargetsOf(contract, settings))
        {
            var parameters = Contracted.Parameters(contract.Example(), settings, target);

            foreach (var name in names)
            {
                Assert.That(
                    parameters.GetValueOrDefault(name),
                    Is.EqualTo(single.GetValueOrDefault(name)),
                    $"{name} in {target}"
                );
            }
        }
    }

    [TestCaseSource(nameof(TypesAndTargets))]
    public void One_value_for_each_target_is_that_targets_value(ContractType contract, int targets)
    {
        var settings = Deployed(contract, targets);
        var keys = ByTarget(contract).ToList();
        var request = contract.Example();
        foreach (var key in keys)
        {
            request[key] = new JsonObject(
                Values(contract, key)
                    .Take(targets)
                    .Select((value, index) => KeyValuePair.Create(Names[index], (JsonNode?)value.DeepClone()))
            );
        }

        foreach (var (target, index) in TargetsOf(contract, settings).Select((target, index) => (target, index)))
        {
            var alone = contract.Example();
            foreach (var key in keys)
            {
                alone[key] = Values(contract, key)[index].DeepClone();
            }

            Assert.That(
                Contracted.Parameters(request, settings, target),
                Is.EquivalentTo(Contracted.Parameters(alone, settings, target)),
                target
            );
        }
    }

    [TestCaseSource(nameof(TypesAndTargets))]
    public void No_other_key_takes_one_for_each_target(ContractType contract, int targets)
    {
        var settings = Deployed(contract, targets);
        foreach (var key in contract.Keys.Except(ByTarget(contract)))
        {
            var request = contract.Example();
            request[key] = new JsonObject(
                Names
                    .Take(targets)
                    .Select(name => KeyValuePair.Create(name, (JsonNode?)Value(contract, key).DeepClone()))
            );

            Assert.That(
                Contracted.Findings(request, settings).Select(finding => finding.Pointer),
                Has.Some.StartsWith($"/{key}"),
                key
            );
        }
    }

    [Test]
    public void In_one_account_no_key_takes_one_for_each_target()
    {
        foreach (var contract in Table.Types)
        {
            foreach (var key in ByTarget(contract))
            {
                var request = contract.Example();
                request[key] = new JsonObject { ["dev"] = Value(contract, key).DeepClone() };

                Assert.That(
                    Contracted.Findings(request, Deployments.Single(contract.Registry)).Single().Code,
                    Is.EqualTo(FindingCodes.OneValueOnly),
                    $"{contract}: {key}"
                );
            }
        }
    }

    private static IEnumerable<string> ByTarget(ContractType contract) =>
        Table.OneValueIn.Contains(contract.Type) ? [] : contract.Keys.Intersect(Table.ByTarget);

    /// <summary>A value for each of three targets.</summary>
    private static JsonNode[] Values(ContractType contract, string key)
    {
        var others = Table.OtherValues[key];
        Assert.That(others, Has.Count.EqualTo(2), $"a value for each of three targets, with the example's, of {key}");
        return [contract.Example()[key] ?? others[1], .. others];
    }

    private static JsonNode Value(ContractType contract, string key) =>
        contract.Example()[key] ?? Table.OtherValues[key][0];

    private static IEnumerable<string> TargetsOf(ContractType contract, ProvisioningSettings settings) =>
        settings.TargetsOf(contract.Blueprint.Manifest).Select(target => target.Name);

    private static ProvisioningSettings Deployed(ContractType contract, int targets)
    {
        var environment = Deployments.Environment();
        environment[DeploymentEnvironment.AccountMode] = "multi";
        environment[DeploymentEnvironment.UseModelRegistry] = contract.Registry ? "true" : "false";
        environment[DeploymentEnvironment.Targets] = JsonSerializer.Serialize(
            Names.Take(targets).Select((name, index) => new { name, accountId = new string((char)('1' + index), 12) })
        );
        return ProvisioningSettings.Read(environment.GetValueOrDefault);
    }
}
