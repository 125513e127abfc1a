using Mlops.Local.Pipelines;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Tests.Pipelines;

public sealed class DeployedTemplateTests
{
    private const string Template = """
        Parameters:
          EndpointName: {Type: String, Default: ""}
          Key: {Type: String}
        Conditions:
          Named: !Not [!Equals [!Ref EndpointName, ""]]
          Encrypted: !And [!Condition Named, !Not [!Equals [!Ref Key, none]]]
        Resources:
          Endpoint:
            Type: AWS::SageMaker::Endpoint
            Properties:
              EndpointName: !If [Named, !Ref EndpointName, !Ref AWS::NoValue]
              EndpointConfigName: !GetAtt Config.EndpointConfigName
              KmsKey: !Ref Key
              Retain: true
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Condition: Encrypted
            Properties: {AlarmName: !Sub "${AWS::StackName}-alarm"}
        """;

    [Test]
    public void What_the_parameters_leave_out_is_not_declared()
    {
        var resources = Resources(new Dictionary<string, string> { ["Key"] = "none" });

        Assert.That(
            resources.Single().Properties.ToJsonString(),
            Is.EqualTo("""{"EndpointConfigName":"(known after deployment)","KmsKey":"none","Retain":true}""")
        );
    }

    [Test]
    public void What_they_ask_for_is()
    {
        var resources = Resources(new Dictionary<string, string> { ["Key"] = "k", ["EndpointName"] = "mine" });

        Assert.That(resources.Select(resource => resource.Name), Is.EqualTo(["Endpoint", "Alarm"]));
        Assert.That((string?)resources[0].Properties["EndpointName"], Is.EqualTo("mine"));
    }

    private static List<DeployedResource> Resources(Dictionary<string, string> parameters) =>
        [
            .. DeployedTemplate
                .Parse(Template, parameters, AwsAccount.Orchestrator("us-east-1"), "stack")
                .Resources(new Dictionary<string, string>()),
        ];
}
