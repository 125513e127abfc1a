using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary>
/// <c>POST /pipelines/{name}/approval</c> or <c>POST /pipelines/{name}/stages/{stage}/approval</c>: answers in the name of
/// whoever calls.
/// </summary>
public sealed class ApprovalRoute(ApiRoute route, PipelineApprovals approvals, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => route;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken) =>
        await approvals.AnswerAsync(
            request.PathParameter(ApiRoutes.PipelineName),
            route == ApiRoutes.StageApproval ? request.PathParameter(ApiRoutes.StageName) : null,
            request.Body,
            request.Caller,
            cancellationToken
        ) switch
        {
            Answered<ApprovalDone> done => Answers.Ok(done.Answer),
            Declined<ApprovalDone> declined => answers.Refused(declined.Refusal, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
}
