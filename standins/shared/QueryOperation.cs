using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.StandIns;

/// <summary>One operation of a service that speaks AWS query: a form in, XML out, the answer inside a result element.</summary>
internal sealed class QueryOperation<TRequest, TResponse>(
    string service,
    string version,
    string operation,
    Action<IDictionary<string, string>, TRequest> write,
    Func<XElement, TResponse> read,
    ErrorType errorType,
    string resultWrapper
)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public InvokeOptions Options() =>
        new()
        {
            RequestMarshaller = new Marshaller(service, operation, version, write),
            ResponseUnmarshaller = new Unmarshaller(read, errorType, resultWrapper),
        };

    private sealed class Marshaller(
        string service,
        string operation,
        string version,
        Action<IDictionary<string, string>, TRequest> write
    ) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, service);
            request.Parameters.Add("Action", operation);
            request.Parameters.Add("Version", version);
            write(request.Parameters, (TRequest)input);
            return request;
        }
    }

    private sealed class Unmarshaller(Func<XElement, TResponse> read, ErrorType errorType, string resultWrapper)
        : XmlResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            var root = XDocument.Load(input.Stream).Root;
            var result = root.Elements().FirstOrDefault(e => e.Name.LocalName == resultWrapper) ?? new XElement("none");
            var response = read(result);
            response.ResponseMetadata = new ResponseMetadata
            {
                RequestId = root.Descendants().FirstOrDefault(e => e.Name.LocalName == "RequestId")?.Value,
            };
            return response;
        }

        public override AmazonServiceException UnmarshallException(
            XmlUnmarshallerContext input,
            Exception innerException,
            HttpStatusCode statusCode
        )
        {
            var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
            error.InnerException = innerException;
            error.StatusCode = statusCode;
            return errorType(error, innerException, statusCode);
        }
    }
}
