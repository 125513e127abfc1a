using System.Net;
using System.Text;

namespace Mlops.Cli.Tests.Support;

/// <summary>Answers what it was told to, in turn (the last answer again and again), and keeps what it was asked.</summary>
internal sealed class FakeApi : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> answers = new();

    public List<(string Method, string Url, string Body, Dictionary<string, string> Headers)> Asked { get; } = [];

    public FakeApi Answers(
        HttpStatusCode status,
        string body,
        string type = "application/json",
        params (string Name, string Value)[] headers
    )
    {
        answers.Enqueue(() =>
        {
            var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
            foreach (var (name, value) in headers)
            {
                answer.Headers.Add(name, value);
            }

            return answer;
        });
        return this;
    }

    public FakeApi Breaks(Exception problem)
    {
        answers.Enqueue(() => throw problem);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Asked.Add(
            (
                request.Method.Method,
                request.RequestUri!.AbsoluteUri,
                request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
                request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value))
            )
        );
        return (answers.Count > 1 ? answers.Dequeue() : answers.Peek())();
    }
}
