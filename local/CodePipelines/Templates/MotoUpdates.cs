using System.Collections.Frozen;

namespace Mlops.Local.CodePipelines.Templates;

/// <summary>
/// The resource types that moto (5.2.1) can update. One of another type, AWS::ApiGateway::* for example, is lost to its
/// stack when moto tries, so those stay as they were first made.
/// </summary>
internal static class MotoUpdates
{
    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        StringComparer.Ordinal,
        "AWS::CloudFormation::Stack",
        "AWS::CloudWatch::Dashboard",
        "AWS::ECR::Repository",
        "AWS::Events::Archive",
        "AWS::Events::EventBus",
        "AWS::Events::Rule",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::IAM::User",
        "AWS::KMS::Alias",
        "AWS::Kinesis::Stream",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Logs::ResourcePolicy",
        "AWS::S3::Bucket",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::SSM::Document",
        "AWS::SSM::Parameter",
        "AWS::SageMaker::Endpoint",
        "AWS::SageMaker::EndpointConfig",
        "AWS::SageMaker::Model",
        "AWS::StepFunctions::StateMachine"
    );

    public static bool Contains(string type) => Types.Contains(type);
}
