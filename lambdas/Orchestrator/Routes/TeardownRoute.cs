using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>DELETE /pipelines/{name}</c>. 202: it has begun; 200: nothing is left.</summary>
public sealed class TeardownRoute(PipelineTeardown teardown, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Teardown;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        if (request.ProblemOf(Route.Flags) is { } problem)
        {
            return answers.Problem(400, problem, request.RequestId);
        }

        return await teardown.StartAsync(
            request.PathParameter(ApiRoutes.PipelineName),
            new TeardownOptions { Force = request.Flag(ApiRoutes.Force) == true, Caller = request.Caller },
            cancellationToken
        ) switch
        {
            Answered<TeardownStarted> { Answer: { Execution: null } gone } => Answers.Ok(gone.ToJson()),
            Answered<TeardownStarted> begun => Answers.Accepted(begun.Answer.ToJson()),
            Declined<TeardownStarted> declined => answers.Refused(declined.Refusal, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
    }
}
