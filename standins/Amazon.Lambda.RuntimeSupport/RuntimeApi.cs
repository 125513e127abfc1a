using System.Net;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Lambda's runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApi(HttpClient client, string endpoint)
{
    private readonly string _base =
        $"http://{endpoint ?? Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime";

    public async Task<InvocationRequest> NextAsync(
        LogWriter log,
        ILambdaSerializer serializer,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_base}/invocation/next");
        using var response = await SendAsync(request, cancellationToken);
        var body = new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken));

        return new InvocationRequest
        {
            InputStream = body,
            LambdaContext = new LambdaContext(response.Headers, log, serializer),
        };
    }

    public Task SucceededAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        HttpContent content = output is null ? new ByteArrayContent([]) : new StreamContent(new KeptOpen(output));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return PostAsync($"invocation/{requestId}/response", content, null, cancellationToken);
    }

    public Task FailedAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        PostErrorAsync(
            $"invocation/{Uri.EscapeDataString(requestId)}/error",
            exception,
            exception.GetType().Name,
            cancellationToken
        );

    public Task InitializationFailedAsync(Exception exception) =>
        PostErrorAsync("init/error", exception, null, CancellationToken.None);

    private Task PostErrorAsync(string path, Exception exception, string errorType, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(ExceptionReport.Of(exception));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        return PostAsync(path, content, errorType, cancellationToken);
    }

    private async Task PostAsync(
        string path,
        HttpContent content,
        string errorType,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_base}/{path}") { Content = content };

        if (errorType is not null)
        {
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        }

        using var response = await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.Accepted)
        {
            return response;
        }

        using (response)
        {
            var message = response.StatusCode switch
            {
                HttpStatusCode.BadRequest => "Bad Request",
                HttpStatusCode.Forbidden => "Forbidden",
                HttpStatusCode.RequestEntityTooLarge => "Payload Too Large",
                HttpStatusCode.InternalServerError =>
                    "Container error. Non-recoverable state. Runtime should exit promptly.\n",
                _ => $"The HTTP status code of the response was not expected ({(int)response.StatusCode}).",
            };

            throw new RuntimeApiClientException(
                message,
                (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(cancellationToken),
                response.Headers.ToDictionary(h => h.Key, h => h.Value),
                null
            );
        }
    }

    /// <summary>The handler's stream is the loop's to dispose of, not the request's.</summary>
    private sealed class KeptOpen(Stream inner) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush() => inner.Flush();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
