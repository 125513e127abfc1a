using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.StandIns;

internal delegate AmazonServiceException ErrorType(ErrorResponse error, Exception inner, HttpStatusCode status);

/// <summary>One operation of a service that speaks AWS JSON 1.1: a POST to "/" whose X-Amz-Target says what it is.</summary>
internal sealed class JsonOperation<TRequest, TResponse>(
    string service,
    string target,
    string version,
    string operation,
    Action<Utf8JsonWriter, TRequest> write,
    Func<JsonElement, TResponse> read,
    ErrorType errorType
)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public InvokeOptions Options() =>
        new()
        {
            RequestMarshaller = new Marshaller(service, $"{target}.{operation}", version, write),
            ResponseUnmarshaller = new Unmarshaller(read, errorType),
        };

    private sealed class Marshaller(
        string service,
        string target,
        string version,
        Action<Utf8JsonWriter, TRequest> write
    ) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            using var body = new MemoryStream();

            using (var writer = new Utf8JsonWriter(body))
            {
                write(writer, (TRequest)input);
            }

            var request = new DefaultRequest(input, service)
            {
                HttpMethod = "POST",
                ResourcePath = "/",
                Content = body.ToArray(),
            };
            request.Headers["X-Amz-Target"] = target;
            request.Headers["Content-Type"] = "application/x-amz-json-1.1";
            request.Headers[HeaderKeys.XAmzApiVersion] = version;
            return request;
        }
    }

    private sealed class Unmarshaller(Func<JsonElement, TResponse> read, ErrorType errorType) : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            using var body = new MemoryStream();
            input.Stream.CopyTo(body);

            if (body.Length == 0)
            {
                return read(default);
            }

            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return read(document.RootElement);
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input,
            Exception innerException,
            HttpStatusCode statusCode
        )
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            error.InnerException = innerException;
            error.StatusCode = statusCode;
            return errorType(error, innerException, statusCode);
        }
    }
}
