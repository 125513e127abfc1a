using Amazon.CodeCommit;
using Amazon.CodeCommit.Model;
using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Aws;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;
using Moq;
using Commit = Mlops.DeploymentFlow.Duties.Commit;

namespace Mlops.DeploymentFlow.Tests;

/// <summary>What CodePipeline's history says of a commit.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CodePipelineCommitsTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Mock<IAmazonCodePipeline> codePipeline = new(MockBehavior.Strict);
    private readonly Mock<IAmazonCodeCommit> codeCommit = new(MockBehavior.Strict);
    private readonly List<string> log = [];

    [Test]
    public async Task A_connection_that_tells_the_author_is_believed()
    {
        History([
            Source(("CommitId", "1f"), ("AuthorDisplayName", "Ada Lovelace"), ("AuthorEmail", "ada@example.com")),
            Invoke("InProgress"),
        ]);

        Assert.That(await FindAsync(), Is.EqualTo(new Commit(false, "Ada Lovelace <ada@example.com>")));
    }

    [Test]
    public async Task One_that_does_not_leaves_it_open()
    {
        History([Source(("CommitId", "1f"), ("FullRepositoryName", "team/models")), Invoke("InProgress")]);

        Assert.That(await FindAsync(), Is.EqualTo(Commit.Unknown));
    }

    [Test]
    public async Task CodeCommit_is_asked_who_it_was()
    {
        History([Source(("CommitId", "1f"), ("RepositoryName", "models")), Invoke("InProgress")]);
        codeCommit
            .Setup(all =>
                all.GetCommitAsync(
                    It.Is<GetCommitRequest>(request => request.RepositoryName == "models" && request.CommitId == "1f"),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync(
                new GetCommitResponse
                {
                    Commit = new Amazon.CodeCommit.Model.Commit
                    {
                        Author = new UserInfo { Name = "Ada", Email = "ada@example.com" },
                    },
                }
            );

        Assert.That((await FindAsync()).Author, Is.EqualTo("Ada <ada@example.com>"));
    }

    [Test]
    public async Task A_repository_that_does_not_answer_is_no_reason_to_apply_nothing()
    {
        History([Source(("CommitId", "1f"), ("RepositoryName", "models")), Invoke("InProgress")]);
        codeCommit
            .Setup(all => all.GetCommitAsync(It.IsAny<GetCommitRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonCodeCommitException("not allowed"));

        Assert.That(await FindAsync(), Is.EqualTo(Commit.Unknown));
        Assert.That(log.Single(), Does.Contain("author is not known"));
    }

    [TestCase("Succeeded")]
    [TestCase("Failed")]
    public async Task An_action_that_has_ended_has_had_its_answer(string status)
    {
        History([Source(("CommitId", "1f")), Invoke(status)]);

        Assert.That((await FindAsync()).IsAnswered, Is.True);
    }

    /// <summary>A job that is dropped by mistake would hold its stage for 20 minutes.</summary>
    [Test]
    public async Task A_stage_that_is_retried_is_looked_at_until_its_new_action_is_seen()
    {
        History(
            [Source(("CommitId", "1f")), Invoke("Failed")],
            [Source(("CommitId", "1f")), Invoke("Failed"), Invoke("InProgress")]
        );

        Assert.That((await FindAsync()).IsAnswered, Is.False);
    }

    [Test]
    public async Task An_action_that_is_not_in_the_history_yet_is_not_believed_to_have_ended()
    {
        History([Source(("CommitId", "1f"))]);

        Assert.That((await FindAsync()).IsAnswered, Is.False);
    }

    [Test]
    public void A_refusal_is_a_failure_of_AWS()
    {
        codePipeline
            .Setup(all =>
                all.ListActionExecutionsAsync(It.IsAny<ListActionExecutionsRequest>(), It.IsAny<CancellationToken>())
            )
            .ThrowsAsync(new AmazonCodePipelineException("Rate exceeded"));

        Assert.That(() => FindAsync(), Throws.InstanceOf<ServiceFailureException>());
    }

    private void History(params List<ActionExecutionDetail>[] looks)
    {
        var look = 0;
        codePipeline
            .Setup(all =>
                all.ListActionExecutionsAsync(
                    It.Is<ListActionExecutionsRequest>(request =>
                        request.PipelineName == "mlops-dev-config"
                        && request.Filter.PipelineExecutionId == "execution-1"
                    ),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync(() =>
                new ListActionExecutionsResponse { ActionExecutionDetails = looks[Math.Min(look++, looks.Length - 1)] }
            );
    }

    private static ActionExecutionDetail Source(params (string Key, string Value)[] variables) =>
        new()
        {
            Input = new ActionExecutionInput { ActionTypeId = new ActionTypeId { Category = ActionCategory.Source } },
            Status = ActionExecutionStatus.Succeeded,
            Output = new ActionExecutionOutput
            {
                OutputVariables = variables.ToDictionary(one => one.Key, one => one.Value),
            },
        };

    private static ActionExecutionDetail Invoke(string status) =>
        new()
        {
            Input = new ActionExecutionInput { ActionTypeId = new ActionTypeId { Category = ActionCategory.Invoke } },
            Status = status,
        };

    private async Task<Commit> FindAsync()
    {
        var commits = new CodePipelineCommits(
            codePipeline.Object,
            codeCommit.Object,
            new StructuredLog(log.Add, clock),
            "mlops-dev-config",
            clock
        );
        var finding = commits.FindAsync("execution-1", CancellationToken.None);
        while (!finding.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await finding;
    }
}
