using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>POST /pipelines/{name}/approval</c>: answers in the name of whoever calls.</summary>
public sealed class ApprovalRoute(PipelineApprovals approvals, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Approval;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken) =>
        await approvals.AnswerAsync(
            request.PathParameter(ApiRoutes.PipelineName),
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
