using System.Text.Json;
using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.Utilities;

namespace Mlops.Infra.Tests.Policies;

[TestFixture, NonParallelizable] // Outputs belong to a deployment, of which there is one at a time.
public sealed class PolicyDocumentTests
{
    private static readonly PolicyStatement Read = new()
    {
        Sid = "Read",
        Principal = PolicyPrincipal.Service("events.amazonaws.com"),
        Actions = ["s3:GetObject"],
        Resources = ["arn:aws:s3:::a", Output.Create("arn:aws:s3:::b")],
        Conditions =
        [
            new PolicyCondition("StringEquals", "aws:SourceAccount", "1"),
            new PolicyCondition("StringEquals", "aws:RequestedRegion", "x", "y"),
            new PolicyCondition("Bool", "aws:SecureTransport", "true"),
        ],
    };

    [Test]
    public async Task Statements_are_written_as_AWS_stores_them()
    {
        var text = await OutputUtilities.GetValueAsync(PolicyDocument.Text(Read));

        Assert.That(
            text,
            Is.EqualTo(
                """{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"s3:GetObject","Resource":["arn:aws:s3:::a","arn:aws:s3:::b"],"Condition":{"StringEquals":{"aws:SourceAccount":"1","aws:RequestedRegion":["x","y"]},"Bool":{"aws:SecureTransport":"true"}}}]}"""
            )
        );
    }

    [Test]
    public async Task Value_and_text_say_the_same()
    {
        var text = await OutputUtilities.GetValueAsync(PolicyDocument.Text(Read));
        var value = (JsonElement)await OutputUtilities.GetValueAsync(PolicyDocument.Value(Read));

        Assert.That(value.GetRawText(), Is.EqualTo(text));
    }
}
