using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed class LambdaContext(HttpResponseHeaders headers, LogWriter log, ILambdaSerializer serializer)
    : ILambdaContext
{
    private readonly DateTimeOffset _deadline = DateTimeOffset.FromUnixTimeMilliseconds(
        long.TryParse(Header(headers, "Deadline-Ms"), CultureInfo.InvariantCulture, out var deadline) ? deadline : 0
    );

    public string AwsRequestId { get; } =
        Header(headers, "Aws-Request-Id")
        ?? throw new KeyNotFoundException("The runtime API's answer has no header Lambda-Runtime-Aws-Request-Id.");

    public IClientContext ClientContext { get; } = Mobile.From(Header(headers, "Client-Context"));

    public ICognitoIdentity Identity { get; } = Mobile.Cognito(Header(headers, "Cognito-Identity"));

    public string InvokedFunctionArn { get; } = Header(headers, "Invoked-Function-Arn");

    public string TraceId { get; } = Header(headers, "Trace-Id");

    public string TenantId { get; } = Header(headers, "Aws-Tenant-Id");

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var size)
            ? size
            : 0;

    public TimeSpan RemainingTime => _deadline - DateTimeOffset.UtcNow;

    public ILambdaLogger Logger => log;

    public ILambdaSerializer Serializer => serializer;

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name);

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues($"Lambda-Runtime-{name}", out var values) ? values.FirstOrDefault() : null;

    /// <summary>What the AWS Mobile SDK sends along; empty, not null, from every other caller.</summary>
    private sealed record Mobile(
        IClientApplication Client,
        IDictionary<string, string> Custom,
        IDictionary<string, string> Environment
    ) : IClientContext
    {
        public static IClientContext From(string json)
        {
            if (string.IsNullOrWhiteSpace(json))
            {
                return new Mobile(null, null, null);
            }

            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var client = root.TryGetProperty("client", out var found) ? Map(found) : null;
            return new Mobile(
                client is null ? null : new Application(client),
                root.TryGetProperty("custom", out var custom) ? Map(custom) : null,
                root.TryGetProperty("env", out var environment) ? Map(environment) : null
            );
        }

        public static ICognitoIdentity Cognito(string json)
        {
            if (string.IsNullOrWhiteSpace(json))
            {
                return new Identities(null);
            }

            using var document = JsonDocument.Parse(json);
            return new Identities(Map(document.RootElement));
        }

        private static Dictionary<string, string> Map(JsonElement json) =>
            json.ValueKind is JsonValueKind.Object
                ? json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString())
                : null;
    }

    private sealed class Application(Dictionary<string, string> values) : IClientApplication
    {
        public string AppPackageName => values.GetValueOrDefault("app_package_name");

        public string AppTitle => values.GetValueOrDefault("app_title");

        public string AppVersionCode => values.GetValueOrDefault("app_version_code");

        public string AppVersionName => values.GetValueOrDefault("app_version_name");

        public string InstallationId => values.GetValueOrDefault("installation_id");
    }

    private sealed class Identities(Dictionary<string, string> values) : ICognitoIdentity
    {
        public string IdentityId => values?.GetValueOrDefault("cognitoIdentityId");

        public string IdentityPoolId => values?.GetValueOrDefault("cognitoIdentityPoolId");
    }
}
