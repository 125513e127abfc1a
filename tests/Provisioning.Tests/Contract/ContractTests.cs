using System.Text.Json.Nodes;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Contract;

/// <summary>Every key and every parameter of the predecessor's contract has its test here, made of contract.json.</summary>
public sealed class ContractTests
{
    private static readonly ContractTable Table = ContractTable.Default;

    /// <summary>Parameters of the contract that no template of ours has, and why.</summary>
    private static readonly Dictionary<string, string> NotThere = new()
    {
        ["byom_image_builder/NotificationsSNSTopicArn"] =
            "the predecessor's template was the pipeline itself; ours is deployed by one, and rules of the deployment tell how it went",
    };

    /// <summary>Keys of cards that are not taken, and why.</summary>
    private static readonly Dictionary<string, string> NotTaken = new()
    {
        ["evaluation_details/metric_file_s3_url"] = "a report's numbers are given as metric_groups",
        ["evaluation_details/metric_type"] = "it is the form of that report",
    };

    private static IReadOnlyList<ContractType> Types() => Table.Types;

    [Test]
    public void Every_type_of_the_contract_is_there() =>
        Assert.That(Table.Types.Select(type => type.Type).Distinct(), Is.SubsetOf(Contracted.Catalog.PipelineTypes));

    [TestCaseSource(nameof(Types))]
    public void The_manifest_has_every_key(ContractType contract)
    {
        var keys = contract.Blueprint.Manifest.Keys.Where(key => key.BelongsTo(contract.Type)).ToList();

        Assert.That(contract.Keys, Is.Unique);
        Assert.That(contract.Keys, Is.SubsetOf(keys.Select(key => key.Name)));
    }

    [TestCaseSource(nameof(Types))]
    public void A_key_is_required_exactly_where_the_contract_requires_it(ContractType contract)
    {
        var settings = Deployments.Single(contract.Registry);
        foreach (
            var problem in contract.RequiredForProblemType.Values.SelectMany(types => types).Distinct().Append(null)
        )
        {
            var full = Full(contract);
            if (problem is not null)
            {
                full["problem_type"] = problem;
            }

            Assert.That(Contracted.Findings(full, settings), Is.Empty, $"{full}");
            var required = contract.Required.Concat(
                contract
                    .RequiredForProblemType.Where(key => key.Value.Contains($"{full["problem_type"]}"))
                    .Select(key => key.Key)
            );
            Assert.That(
                contract.Keys.Where(key => Contracted.Findings(Without(full, key), settings).Count > 0),
                Is.EquivalentTo(required.Concat(TogetherOnly(contract))),
                problem
            );
        }
    }

    [TestCaseSource(nameof(Types))]
    public void The_templates_have_every_parameter_in_order(ContractType contract)
    {
        var wanted = contract.Parameters.Keys.Where(name => !NotThere.ContainsKey($"{contract.Type}/{name}")).ToList();

        foreach (var part in Contracted.Names(contract.Blueprint))
        {
            Assert.That(part.Where(wanted.Contains), Is.EqualTo(wanted.Where(part.Contains)), "in order");
            Assert.That(
                part.Take(part.Count(wanted.Contains)),
                Is.EqualTo(part.Where(wanted.Contains)),
                "before what is ours"
            );
        }

        Assert.That(
            Contracted
                .Names(contract.Blueprint)
                .SelectMany(part => part)
                .Distinct()
                .Intersect(contract.Parameters.Keys),
            Is.EquivalentTo(wanted)
        );
    }

    [TestCaseSource(nameof(Types))]
    public void A_key_changes_the_parameters_that_it_feeds_and_no_other(ContractType contract)
    {
        var settings = Deployments.Single(contract.Registry);
        var before = Contracted.Parameters(contract.Example(), settings);
        var tried = new List<string>();
        foreach (var key in contract.Keys)
        {
            var request = contract.Example();
            request[key] = Table.OtherValues[key][0].DeepClone();
            var after = Contracted.Parameters(request, settings);

            var changed = contract
                .Parameters.Keys.Append("name")
                .Where(name => after.GetValueOrDefault(name) != before.GetValueOrDefault(name))
                .ToList();
            var fed = contract
                .Parameters.Where(parameter => parameter.Value.Contains(key))
                .Select(parameter => parameter.Key);
            fed = key == contract.NameKey ? fed.Append("name") : fed;

            Assert.That(changed, Is.SupersetOf(fed), key);
            Assert.That(
                changed.Except(Contracted.MadeOfContents),
                Is.EquivalentTo(fed.Except(Contracted.MadeOfContents)),
                key
            );
            tried.Add(key);
        }

        Assert.That(tried, Is.EquivalentTo(contract.Keys), "every key of the contract is tried");
        Assert.That(
            contract.Parameters.Values.SelectMany(keys => keys).Distinct().Where(key => !AbsentHere(contract, key)),
            Is.SubsetOf(tried),
            "every key that feeds a parameter is one of the contract"
        );
    }

    [Test]
    public void No_value_and_no_exception_is_left_that_nobody_tries()
    {
        Assert.That(Table.OtherValues.Keys, Is.EquivalentTo(Table.Types.SelectMany(type => type.Keys).Distinct()));
        Assert.That(
            NotThere.Keys,
            Is.SubsetOf(Table.Types.SelectMany(type => type.Parameters.Keys.Select(name => $"{type.Type}/{name}")))
        );
        Assert.That(NotTaken.Keys, Is.SubsetOf(CardKeys()));
    }

    [TestCaseSource(nameof(Types))]
    public void The_stack_has_the_predecessors_name(ContractType contract)
    {
        var request = contract.Example();
        request[contract.NameKey] = "Some-Name";

        Assert.That(
            Contracted.Parameters(request, Deployments.Single(contract.Registry))["name"],
            Is.EqualTo($"mlops-pipeline-some-name-{contract.Postfix}")
        );
    }

    [Test]
    public void Every_key_of_a_model_card_is_one_or_has_a_reason_why_not()
    {
        var known = CardSchema.Default.Sections.SelectMany(section => Paths(section, section.Name)).ToHashSet();

        Assert.That(
            CardSchema.Default.PipelineTypes.Select(one => one.Type),
            Is.EquivalentTo(Table.ModelCards.Operations)
        );
        Assert.That(CardSchema.Default.Keys.Select(key => key.Name), Is.SupersetOf(Table.ModelCards.Keys));
        Assert.That(CardKeys().Where(key => !known.Contains(key)), Is.EquivalentTo(NotTaken.Keys));
    }

    private static IEnumerable<string> CardKeys() =>
        Table.ModelCards.Sections.SelectMany(section => section.Value.Select(key => $"{section.Key}/{key}"));

    private static IEnumerable<string> Paths(CardField field, string path) =>
        (field.Items ?? field).Fields?.SelectMany(member =>
            Paths(member, $"{path}/{member.Name}").Prepend($"{path}/{member.Name}")
        )
        ?? [];

    /// <summary>SageMaker takes an Autopilot problem type and its objective together, or none; the predecessor's job failed.</summary>
    private static string[] TogetherOnly(ContractType contract) =>
        contract.Type == "model_autopilot_training" ? ["problem_type", "job_objective"] : [];

    /// <summary>With the registry on or off, the keys of the other way are none.</summary>
    private static bool AbsentHere(ContractType contract, string key) =>
        key == (contract.Registry ? "model_artifact_location" : "model_package_name");

    /// <summary>A request with every key.</summary>
    private static JsonObject Full(ContractType contract)
    {
        var request = contract.Example();
        foreach (var key in contract.Keys.Where(key => !request.ContainsKey(key)))
        {
            request[key] = Table.OtherValues[key][0].DeepClone();
        }

        return request;
    }

    private static JsonObject Without(JsonObject request, string key)
    {
        var other = request.DeepClone().AsObject();
        other.Remove(key);
        return other;
    }
}
