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
        if (request.ProblemOf(Route.Flags) is { } problem)
        {
            return answers.Problem(400, problem, request.RequestId);
        }

        var options = new ProvisionOptions
        {
            Force = request.Flag(ApiRoutes.Force) == true,
            ReplaceWaiting = request.Flag(ApiRoutes.ReplaceWaiting) == true,
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
}
