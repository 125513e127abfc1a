using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>POST /provisionpipeline</c>: pipelines, and operations on model cards.</summary>
public sealed class ProvisionPipeline(PipelineService pipelines, ModelCardService cards, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.ProvisionPipeline;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var wrong = Route.Flags.FirstOrDefault(flag => Flag(request, flag.Name) is null);
        if (wrong is not null)
        {
            return answers.Problem(
                400,
                $"The query's {wrong.Name} is neither true nor false; nothing was changed.",
                request.RequestId
            );
        }

        var options = new ProvisionOptions
        {
            Force = Flag(request, ApiRoutes.Force) == true,
            ReplaceWaiting = Flag(request, ApiRoutes.ReplaceWaiting) == true,
            Caller = request.Caller,
        };
        var outcome =
            await cards.AnswerAsync(request.Body, cancellationToken)
            ?? await pipelines.ProvisionAsync(request.Body, options, cancellationToken);
        return outcome switch
        {
            CardAnswered card => Answers.Of(card),
            Provisioned done => Answers.Ok(done),
            Refused refused => answers.Refused(refused.Reason, refused.Findings, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
    }

    private static bool? Flag(RouteRequest request, string name) =>
        bool.TryParse(request.Query.GetValueOrDefault(name, "false"), out var value) ? value : null;
}
