using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Mlops.StandIns.Tests;

[JsonSerializable(typeof(APIGatewayProxyRequest))]
[JsonSerializable(typeof(APIGatewayProxyResponse))]
[JsonSerializable(typeof(Times))]
internal sealed partial class LambdaTestJson : JsonSerializerContext;

internal sealed record Times(DateTime At, byte[] Bytes);

public sealed class LambdaSerializerTests
{
    private readonly SourceGeneratorLambdaJsonSerializer<LambdaTestJson> _serializer = new();

    [Test]
    public void A_proxy_event_is_read_whatever_the_case_of_its_names()
    {
        var request = Read<APIGatewayProxyRequest>(
            """
            {
              "resource": "/provisionpipeline", "path": "/provisionpipeline", "httpMethod": "POST",
              "headers": {"Content-Type": "application/json"},
              "multiValueHeaders": {"Content-Type": ["application/json"]},
              "queryStringParameters": null,
              "requestContext": {
                "stage": "prod", "requestTimeEpoch": 1700000000000,
                "identity": {"userArn": "arn:aws:iam::123456789012:user/u", "sourceIp": "127.0.0.1"},
                "authorizer": {"principalId": "p", "claims": {"sub": "s"}}
              },
              "body": "{}", "isBase64Encoded": false
            }
            """
        );

        Assert.That(request.HttpMethod, Is.EqualTo("POST"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(request.MultiValueHeaders["Content-Type"], Is.EqualTo(new[] { "application/json" }));
        Assert.That(request.QueryStringParameters, Is.Null);
        Assert.That(request.RequestContext.Identity.UserArn, Is.EqualTo("arn:aws:iam::123456789012:user/u"));
        Assert.That(request.RequestContext.Authorizer.Claims["sub"], Is.EqualTo("s"));
        Assert.That(request.Body, Is.EqualTo("{}"));
    }

    [Test]
    public void An_answer_is_written_in_camel_case_without_nulls_and_without_escaping_what_json_need_not_escape()
    {
        var response = new APIGatewayProxyResponse
        {
            StatusCode = 400,
            Headers = new Dictionary<string, string> { ["content-type"] = "application/problem+json" },
            Body = "\"m5.large\" & <ü>",
        };

        Assert.That(
            Write(response),
            Is.EqualTo(
                """{"statusCode":400,"headers":{"content-type":"application/problem+json"},"body":"\"m5.large\" & <ü>","isBase64Encoded":false}"""
            )
        );
    }

    [TestCase("1700000000", Description = "seconds")]
    [TestCase("1700000000000", Description = "milliseconds")]
    [TestCase("\"2023-11-14T22:13:20Z\"", Description = "ISO 8601")]
    public void A_time_is_read_from(string json) =>
        Assert.That(
            Read<Times>($$"""{"At":{{json}},"Bytes":"AQI="}""").At,
            Is.EqualTo(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc))
        );

    [Test]
    public void Bytes_are_numbers() =>
        Assert.That(
            Write(new Times(DateTime.UnixEpoch, [1, 2])),
            Is.EqualTo("""{"At":"1970-01-01T00:00:00Z","Bytes":[1,2]}""")
        );

    [Test]
    public async Task A_type_that_the_context_does_not_know_is_named()
    {
        var thrown = await Failure.Of<JsonSerializerException>(() => Task.Run(() => Read<Version>("{}")));

        Assert.That(
            thrown.Message,
            Is.EqualTo(
                "Error converting the Lambda event JSON payload to type System.Version: "
                    + "No JsonTypeInfo registered in Mlops.StandIns.Tests.LambdaTestJson for type System.Version."
            )
        );
    }

    [Test]
    public async Task What_is_no_json_is_refused_with_the_type_that_was_asked_for()
    {
        var thrown = await Failure.Of<JsonSerializerException>(() =>
            Task.Run(() => Read<APIGatewayProxyRequest>("nothing"))
        );

        Assert.That(
            thrown.Message,
            Does.StartWith($"Error converting the Lambda event JSON payload to type {typeof(APIGatewayProxyRequest)}: ")
        );
        Assert.That(thrown.InnerException, Is.InstanceOf<JsonException>());
    }

    private T Read<T>(string json) => _serializer.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private string Write<T>(T value)
    {
        using var stream = new MemoryStream();
        _serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
