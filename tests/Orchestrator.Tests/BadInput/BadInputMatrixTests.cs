using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>Every mistake with every key of every pipeline type, through the whole function.</summary>
public sealed class BadInputMatrixTests
{
    private static readonly (Blueprint Blueprint, string Type)[] Types =
    [
        .. BlueprintCatalog
            .Open(Deployments.BlueprintFolder)
            .All()
            .SelectMany(blueprint => blueprint.Manifest.PipelineTypes.Select(type => (blueprint, type.Type))),
    ];

    private static IEnumerable<TestCaseData> TypesAndKinds() =>
        from one in Types
        from kind in BadCase.Of(one.Blueprint, one.Type).Select(bad => bad.Value.Kind).Distinct()
        select new TestCaseData(one.Blueprint, one.Type, kind).SetArgDisplayNames(one.Type, kind);

    [TestCaseSource(nameof(TypesAndKinds))]
    public async Task A_value_of_a_key_is_refused_when_it_is(Blueprint blueprint, string type, string kind)
    {
        var wrong = new List<string>();
        var cases = BadCase.Of(blueprint, type).Where(bad => bad.Value.Kind == kind).ToList();
        foreach (var bad in cases)
        {
            var difference = bad.Accepted is null ? await NotRefusedAsync(bad) : await NotAcceptedAsync(bad);
            if (difference is not null)
            {
                wrong.Add($"{bad}: {difference}");
            }
        }

        Assert.That(wrong, Is.Empty, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
    }

    [Test]
    public async Task The_pipeline_type_is_refused_when_it_is(
        [Values(
            "null",
            "\"\"",
            "\" \"",
            "1",
            "true",
            "[]",
            "[\"byom_realtime_builtin\"]",
            "{}",
            "\"byom_realtime\"",
            "\"byom_realtime_builtin,\""
        )]
            string json
    )
    {
        foreach (var (blueprint, type) in Types)
        {
            var request = GoodRequest.Of(blueprint, type).First();
            var body = request.Body.DeepClone().AsObject();
            body["pipeline_type"] = JsonNode.Parse(json);

            var answer = await new Invoked(request.Settings, request.Planner).PostAsync(
                Invoked.Provision,
                body.ToJsonString()
            );

            Assert.That(answer.StatusCode, Is.EqualTo(400));
            Assert.That(
                answer.Errors().Select(error => $"{error["pointer"]}"),
                Is.EqualTo((string[])["/pipeline_type"])
            );
        }
    }

    [Test]
    public void Nothing_is_listed_as_accepted_that_nobody_tries()
    {
        var used = Types
            .SelectMany(one => BadCase.Of(one.Blueprint, one.Type))
            .Select(bad => (bad.Accepted, bad.Value.What))
            .ToHashSet();

        foreach (var row in AcceptedValues.Table)
        {
            foreach (var what in row.What)
            {
                Assert.That(used, Does.Contain(((AcceptedValues?)row, what)), $"{what}: {row.Because}");
            }
        }
    }

    private static async Task<string?> NotRefusedAsync(BadCase bad)
    {
        // Whatever is called is an error by itself.
        var orchestrator = new Invoked(
            bad.Request.Settings,
            bad.Request.Planner,
            new Mock<IPackageStore>(MockBehavior.Strict).Object,
            new Mock<IPipelines>(MockBehavior.Strict).Object,
            new Mock<IModelCards>(MockBehavior.Strict).Object
        );
        var answer = await orchestrator.PostAsync(Invoked.Provision, bad.Body);
        return answer.StatusCode switch
        {
            400 => Misleading(bad, answer.Errors()),
            500 => "is not refused: it fails, or AWS is called",
            var status => $"is answered {status}",
        };
    }

    private static string? Misleading(BadCase bad, IReadOnlyList<JsonObject> errors)
    {
        var place = $"/{bad.Key.Name}{bad.Value.Within}";
        foreach (var error in errors)
        {
            var pointer = (string)error["pointer"]!;
            var isThere =
                pointer == place
                || (bad.Value.Within is null && pointer.StartsWith($"{place}/", StringComparison.Ordinal))
                || (
                    bad.OtherPlaces.Contains(pointer)
                    && ((string)error["message"]!).Contains($"\"{bad.Key.Name}\"", StringComparison.Ordinal)
                );
            if (!isThere)
            {
                return $"points to {pointer} instead of {place}: {error["message"]}";
            }

            var missing = ((string[])["code", "rule", "message", "remedy"]).Where(member =>
                string.IsNullOrWhiteSpace((string?)error[member])
            );
            if (missing.Any())
            {
                return $"has no {string.Join(", ", missing)}: {error.ToJsonString()}";
            }
        }

        return null;
    }

    private static async Task<string?> NotAcceptedAsync(BadCase bad)
    {
        var orchestrator = new Invoked(bad.Request.Settings, bad.Request.Planner);
        foreach (var data in (string[])["baselines/my-model/training-data.csv", $"{bad.Value.Json}"])
        {
            orchestrator.Aws.Assets[data] = "label,age,income,height\n1,30,2,3\n"u8.ToArray();
        }

        var answer = await orchestrator.PostAsync(Invoked.Provision, bad.Body);
        return answer.StatusCode == 200
            ? null
            : $"is answered {answer.StatusCode}, though {bad.Accepted!.Because}: {Summary(answer)}";
    }

    private static string Summary(APIGatewayProxyResponse answer) =>
        answer.StatusCode < 500
            ? string.Join("; ", answer.Errors().Select(error => $"{error["pointer"]} {error["message"]}"))
            : answer.Body;
}
