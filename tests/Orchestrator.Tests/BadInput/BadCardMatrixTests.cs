using System.Text.Json.Nodes;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>Every mistake with every key of every operation on model cards, at any depth, through the whole function.</summary>
public sealed class BadCardMatrixTests
{
    private static readonly RequestPlanner Planner = Deployments.Planner(Deployments.Single());

    private static IEnumerable<TestCaseData> OperationsAndKinds() =>
        from operation in CardSchema.Default.PipelineTypes
        from kind in BadCard.Of(operation).Select(bad => bad.Kind).Distinct()
        select new TestCaseData(operation.Type, kind);

    [TestCaseSource(nameof(OperationsAndKinds))]
    public async Task A_value_of_a_model_card_is_refused_when_it_is(string type, string kind)
    {
        var operation = CardSchema.Default.PipelineTypes.Single(operation => operation.Type == type);
        var cases = BadCard.Of(operation).Where(bad => bad.Kind == kind).ToList();
        var wrong = new List<string>();
        foreach (var bad in cases)
        {
            var difference = bad.Accepted is null ? await NotRefusedAsync(bad) : await NotAcceptedAsync(bad, operation);
            if (difference is not null)
            {
                wrong.Add($"{bad}: {difference}");
            }
        }

        Assert.That(wrong, Is.Empty, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
    }

    private static async Task<string?> NotRefusedAsync(BadCard bad)
    {
        // Whatever is called is an error by itself.
        var orchestrator = new Invoked(
            Deployments.Single(),
            Planner,
            new Mock<IPackageStore>(MockBehavior.Strict).Object,
            new Mock<IPipelines>(MockBehavior.Strict).Object,
            new Mock<IModelCards>(MockBehavior.Strict).Object
        );
        var answer = await orchestrator.PostAsync(Invoked.Provision, bad.Body.ToJsonString());
        return answer.StatusCode switch
        {
            400 => Misleading(bad, answer.Errors()),
            500 => "is not refused: it fails, or AWS is called",
            var status => $"is answered {status}",
        };
    }

    private static string? Misleading(BadCard bad, IReadOnlyList<JsonObject> errors)
    {
        string? Text(JsonObject error, string member) => (string?)error[member];

        var places = errors.Select(error => Text(error, "pointer")!).Distinct().ToList();
        if (
            !places.TrueForAll(place =>
                place == bad.Place || place.StartsWith($"{bad.Place}/", StringComparison.Ordinal)
            )
        )
        {
            return $"points to {string.Join(", ", places)}";
        }

        return errors.All(error =>
            ((string[])["code", "rule", "message", "remedy"]).All(member => Text(error, member) is { Length: > 0 })
        )
            ? null
            : $"leaves out a part: {string.Join(", ", errors.Select(error => error.ToJsonString()))}";
    }

    private static async Task<string?> NotAcceptedAsync(BadCard bad, CardOperationDefinition operation)
    {
        var orchestrator = new Invoked(Deployments.Single(), Planner);
        if (operation.Operation is not (CardOperation.Create or CardOperation.List))
        {
            await orchestrator.Cards.CreateAsync((string)bad.Body["name"]!, "Draft", "{}", CancellationToken.None);
        }

        var answer = await orchestrator.PostAsync(Invoked.Provision, bad.Body.ToJsonString());
        // A token that SageMaker did not make is one to us: it is asked.
        return
            answer.StatusCode is 200 or 202
            || (bad.Place == "/next_token" && orchestrator.Cards.Calls is ["List"] && answer.StatusCode == 400)
            ? null
            : $"is answered {answer.StatusCode}, though {bad.Accepted}: {answer.Body}";
    }
}
