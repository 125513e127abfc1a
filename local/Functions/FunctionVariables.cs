using System.Globalization;
using Mlops.Local.Processes;

namespace Mlops.Local.Functions;

/// <summary>The environment variables of a function: what Lambda sets, what the program declared, and of ours only where programs are found.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Reserved".</remarks>
internal static class FunctionVariables
{
    private static readonly string[] Reserved =
    [
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    ];

    /// <exception cref="StartFailedException">The program declares a variable that Lambda reserves, as Lambda refuses it.</exception>
    public static void Validate(FunctionDeclaration function)
    {
        var refused = function.Environment.Keys.Where(Reserved.Contains).Order(StringComparer.Ordinal).ToList();
        if (refused.Count > 0)
        {
            throw new StartFailedException(
                $"Function {function.Name} declares {string.Join(", ", refused)}, which Lambda reserves and refuses: rename it."
            );
        }
    }

    public static Dictionary<string, string> Of(
        FunctionDeclaration function,
        FunctionPackage package,
        FunctionHostOptions host,
        string logStream,
        string runtimeApi
    )
    {
        var variables = new Dictionary<string, string>(function.Environment)
        {
            ["PATH"] = host.SearchPath,
            // No profile, no credentials and no settings of the user's may reach a function.
            ["HOME"] = package.Folder,
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["_HANDLER"] = function.Handler,
            ["LAMBDA_TASK_ROOT"] = package.Folder,
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup ?? $"/aws/lambda/{function.Name}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream,
            ["AWS_REGION"] = host.Region,
            ["AWS_DEFAULT_REGION"] = host.Region,
            ["AWS_ACCESS_KEY_ID"] = host.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = host.AccessKey,
            ["AWS_SESSION_TOKEN"] = host.AccessKey,
            ["AWS_ENDPOINT_URL"] = host.AwsEndpoint.GetLeftPart(UriPartial.Authority),
        };
        if (function.Runtime is "dotnet10")
        {
            variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_dotnet10";
            if (host.DotnetRoot is { } root)
            {
                variables["DOTNET_ROOT"] = root;
            }
        }

        return variables;
    }
}
