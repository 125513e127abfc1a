using System.Net;
using Amazon.Runtime;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.Aws;

/// <summary>Turns what the SDK throws into the one exception that the rest of the library knows.</summary>
public static class AwsCalls
{
    /// <summary>Makes a call.</summary>
    /// <param name="operation">Service and operation: <c>codepipeline:CreatePipeline</c>.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="ServiceFailureException">The service refused it or could not be reached.</exception>
    public static async Task<T> CallAsync<T>(string operation, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException failure)
        {
            throw new ServiceFailureException(
                operation,
                failure.ErrorCode ?? failure.GetType().Name,
                (int)failure.StatusCode is var status and > 0 ? status : null,
                failure.Message,
                failure
            );
        }
        catch (Exception failure)
            when (failure is AmazonClientException or HttpRequestException or WebException or IOException)
        {
            throw new ServiceFailureException(operation, failure.GetType().Name, null, failure.Message, failure);
        }
    }
}
