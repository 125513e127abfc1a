using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Natives;

namespace Mlops.Local.Tests.Stacks;

public sealed class NativeNamesTests
{
    [TestCase("aws-native:iam:ManagedPolicy", "AWS::IAM::ManagedPolicy")]
    [TestCase("aws-native:apigateway:RestApi", "AWS::ApiGateway::RestApi")]
    [TestCase("aws-native:logs:LogGroup", "AWS::Logs::LogGroup")]
    public void A_token_is_a_type(string token, string type) =>
        Assert.That(NativeNames.ToCloudFormationType(token), Is.EqualTo(type));

    [Test]
    public void An_unknown_module_is_an_error_that_says_what_to_do() =>
        Assert.That(
            () => NativeNames.ToCloudFormationType("aws-native:braket:Thing"),
            Throws
                .TypeOf<NotSupportedException>()
                .With.Message.EqualTo(
                    "The local stack does not know how CloudFormation spells aws-native:braket:Thing: add its module to NativeNames.Services."
                )
        );

    [Test]
    public void Names_of_properties_are_respelled_and_what_users_write_is_not()
    {
        var inputs = JsonNode
            .Parse(
                """
                {"targets":[{"arn":"a","inputTransformer":{"inputPathsMap":{"pipeline":"$.x"},"inputTemplate":"t"}}],
                 "eventPattern":{"source":["aws.s3"],"detail-type":["x"]},
                 "tags":[{"key":"team","value":"v"}]}
                """
            )!
            .AsObject();

        var properties = NativeNames.ToCloudFormation("AWS::Events::Rule", inputs);

        Assert.That(
            properties.ToJsonString(),
            Is.EqualTo(
                """{"Targets":[{"Arn":"a","InputTransformer":{"InputPathsMap":{"pipeline":"$.x"},"InputTemplate":"t"}}],"EventPattern":{"source":["aws.s3"],"detail-type":["x"]},"Tags":[{"Key":"team","Value":"v"}]}"""
            )
        );
    }

    [TestCase("RestApiId", "restApiId")]
    [TestCase("KMSMasterKeyID", "kmsMasterKeyID", Description = "a trailing acronym is not met in what we read")]
    [TestCase("Arn", "arn")]
    public void A_property_goes_back(string property, string name) =>
        Assert.That(NativeNames.ToPulumi(new JsonObject { [property] = 1 }).Single().Key, Is.EqualTo(name));
}
