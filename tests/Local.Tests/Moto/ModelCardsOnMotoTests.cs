using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SageMaker;
using Mlops.Local.Gateway;
using Mlops.Provisioning;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Local.Tests.Moto;

/// <summary>Operations on model cards against a SageMaker over HTTP, through the client that the Orchestrator has.</summary>
public sealed class ModelCardsOnMotoTests
{
    [Test]
    public async Task A_card_is_made_changed_listed_and_deleted_and_its_export_is_not_pretended()
    {
        using var folder = new TemporaryFolder();
        await using var moto = await LocalMoto.StartAsync(folder);
        await using var gateway = await AwsGateway.StartAsync(moto.Endpoint, port: 0, CancellationToken.None);
        using var client = new AmazonSageMakerClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonSageMakerConfig
            {
                ServiceURL = gateway.Endpoint.ToString(),
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            }
        );
        var cards = new ModelCardService(new SageMakerModelCards(client), Settings());

        var created = await SendAsync(
            """{"pipeline_type": "create_model_card", "name": "a", "status": "PendingReview", "intended_uses": {"risk_rating": "Low"}}"""
        );
        Assert.That((string?)created["Content"], Is.EqualTo("""{"intended_uses":{"risk_rating":"Low"}}"""));
        Assert.That((string?)created["CreationTime"], Does.Match(@"^\d{4}-\d\d-\d\dT.*\+00:00$"));

        var updated = await SendAsync(
            """{"pipeline_type": "update_model_card", "name": "a", "model_overview": {"model_owner": "me"}}"""
        );
        Assert.That((int?)updated["ModelCardVersion"], Is.EqualTo(2));
        Assert.That(
            (string?)updated["Content"],
            Is.EqualTo("""{"intended_uses":{"risk_rating":"Low"},"model_overview":{"model_owner":"me"}}""")
        );

        var approved = await SendAsync("""{"pipeline_type": "update_model_card", "name": "a", "status": "Approved"}""");
        Assert.That((string?)updated["ModelCardStatus"], Is.EqualTo("PendingReview"));
        Assert.That((string?)approved["ModelCardStatus"], Is.EqualTo("Approved"));
        Assert.That((string?)approved["Content"], Is.EqualTo((string?)updated["Content"]));

        var list = await SendAsync("""{"pipeline_type": "list_model_cards"}""");
        Assert.That(
            list["ModelCardSummaries"]!.AsArray().Select(card => (string?)card!["ModelCardName"]),
            Is.EqualTo(["a"])
        );

        var export = await Assert.ThrowsAsync<ServiceFailureException>(async () =>
            await SendAsync("""{"pipeline_type": "export_model_card", "name": "a"}""")
        );
        Assert.That(export!.StatusCode, Is.EqualTo(501));
        Assert.That(
            export.Message,
            Does.EndWith("The local AWS (moto) does not carry out SageMaker.DescribeModelCardExportJob.")
        );

        await SendAsync("""{"pipeline_type": "delete_model_card", "name": "a"}""");
        var again = await cards.AnswerAsync(
            """{"pipeline_type": "delete_model_card", "name": "a"}"""u8.ToArray(),
            CancellationToken.None
        );
        Assert.That(again, Is.InstanceOf<Refused>().With.Property("Reason").EqualTo(RefusalReason.NotFound));

        async Task<JsonNode> SendAsync(string request)
        {
            var answer = await cards.AnswerAsync(System.Text.Encoding.UTF8.GetBytes(request), CancellationToken.None);
            Assert.That(answer, Is.InstanceOf<CardAnswered>(), request);
            return ((CardAnswered)answer!).Body["message"]!;
        }
    }

    private static ProvisioningSettings Settings() =>
        new()
        {
            Deployment = new DeploymentSettings
            {
                DeploymentName = "mlops-dev",
                AccountMode = AccountMode.Single,
                Targets = [new Target(DeploymentNames.SingleTarget, AccountId.Parse("123456789012"))],
                AssetsBucket = "assets",
                NotificationsTopicArn = "arn:aws:sns:us-east-1:123456789012:mlops-dev",
                Partition = "aws",
                Region = "us-east-1",
            },
            ArtifactBucket = "artifacts",
            ArtifactKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1",
            PipelineRoleArn = "arn:aws:iam::123456789012:role/pipeline",
            DeploymentFlowFunction = "flow",
            EcrRepositoryArn = "arn:aws:ecr:us-east-1:123456789012:repository/mlops-dev",
        };
}
