using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Local.Exporting;

namespace Mlops.Local.Tests.Exporting;

public sealed class TokensTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [TestCase("plain ${text}", "\"plain ${text}\"", Description = "not a function, so nothing to escape")]
    [TestCase("${Token[Bucket]}", """{"Ref":"Bucket"}""")]
    [TestCase("${Token[Bucket.Arn]}", """{"Fn::GetAtt":["Bucket","Arn"]}""")]
    [TestCase("${Token[AWS::AccountId]}", """{"Ref":"AWS::AccountId"}""")]
    [TestCase("${Token[Bucket.Arn]}/*", """{"Fn::Sub":"${Bucket.Arn}/*"}""")]
    [TestCase(
        "${Token[Bucket]}/${aws:username}/${Token[AWS::Region]}",
        """{"Fn::Sub":"${Bucket}/${!aws:username}/${AWS::Region}"}""",
        Description = "a policy variable is no variable of Fn::Sub"
    )]
    public void Text_becomes(string text, string expected) =>
        Assert.That(Tokens.Resolve(JsonValue.Create(text))!.ToJsonString(Readable), Is.EqualTo(expected));

    [Test]
    public void Members_are_in_the_order_of_their_names_and_lists_stay() =>
        Assert.That(
            Tokens.Resolve(JsonNode.Parse("""{"b":[2,1],"a":{"d":true,"c":null}}"""))!.ToJsonString(),
            Is.EqualTo("""{"a":{"c":null,"d":true},"b":[2,1]}""")
        );

    [Test]
    public void A_token_in_a_members_name_is_refused() =>
        Assert.That(
            () => Tokens.Resolve(new JsonObject { [Tokens.Of("Bucket")] = 1 }),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("is the name of a member")
        );

    [TestCase("aws:s3/bucket:Bucket", "mlops-dev-assets", "AssetsBucket")]
    [TestCase(
        "aws-native:iam:Role",
        "mlops-dev-pipeline-role",
        "PipelineRole",
        Description = "the type is said already"
    )]
    [TestCase("aws-native:logs:LogGroup", "other", "OtherLogGroup", Description = "without the deployment's name")]
    public void A_resource_is_called(string token, string name, string expected) =>
        Assert.That(LogicalIds.Of("mlops-dev", token, name), Is.EqualTo(expected));
}
