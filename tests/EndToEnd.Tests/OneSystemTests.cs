using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>What can share one system, because nothing in it is in the way of anything else. The AWS CLI is the witness.</summary>
[TestFixture]
public sealed partial class OneSystemTests
{
    private LocalSystem _system = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _system = await LocalSystem.StartAsync("--no-example");

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    private async Task<JsonObject> AnswerAsync(HttpStatusCode expected, JsonObject request)
    {
        using var response = await _system.PostAsync("/provisionpipeline", request);
        var answer = (JsonObject)await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(expected), answer.ToJsonString());
        return answer;
    }
}
