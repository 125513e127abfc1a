using System.Xml.Linq;
using Mlops.Local.Display;
using Mlops.Local.Pipelines;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Tests.Pipelines;

public sealed class DeployedStacksTests
{
    private const string Template = """
        Parameters:
          Artifact: {Type: String}
        Resources:
          Model:
            Type: AWS::SageMaker::Model
            Properties:
              ExecutionRoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/any
              PrimaryContainer:
                Image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/any:1
                ModelDataUrl: !Sub s3://models/${Artifact}
          Config:
            Type: AWS::SageMaker::EndpointConfig
            Properties:
              ProductionVariants:
                - VariantName: AllTraffic
                  ModelName: !GetAtt Model.ModelName
                  InstanceType: ml.m5.large
                  InitialInstanceCount: 1
                  InitialVariantWeight: 1
        """;

    [Test]
    public async Task What_an_update_left_as_it_was_is_not_carried_out()
    {
        using var folder = new TemporaryFolder();
        await using var moto = await LocalMoto.StartAsync(folder);
        using var http = new HttpClient();
        var aws = new LocalAws(http, moto.Endpoint, TimeProvider.System);

        await StackAsync(aws, "CreateStack", "v1.tar.gz");
        var right = await MissingAsync(aws);
        await StackAsync(aws, "UpdateStack", "v2.tar.gz"); // moto's own, which leaves the model alone.
        var wrong = await MissingAsync(aws);

        Assert.That(right, Is.Empty);
        Assert.That(wrong, Is.EqualTo(["AWS::SageMaker::Model.PrimaryContainer (Model)"]));
    }

    private static AwsAccount Account => AwsAccount.Orchestrator("us-east-1");

    private static Task<XElement> StackAsync(LocalAws aws, string action, string artifact) =>
        aws.QueryAsync(
            Account,
            "cloudformation",
            "2010-05-15",
            action,
            [
                ("StackName", "deployed"),
                ("TemplateBody", Template),
                ("Parameters.member.1.ParameterKey", "Artifact"),
                ("Parameters.member.1.ParameterValue", artifact),
            ],
            CancellationToken.None
        );

    private static async Task<IReadOnlyList<string>> MissingAsync(LocalAws aws)
    {
        var list = new NotCarriedOutList();
        var stacks = new DeployedStacks(aws, Account, list, new Silence(), () => { });
        await stacks.InspectAsync("pipeline", "deployed", CancellationToken.None);
        return [.. list.All.Select(one => $"{one}")];
    }

    private sealed class Silence : IDisplay
    {
        public void Show(LocalEvent happened) { }
    }
}
