using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Mlops.DeploymentFlow.Duties;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Endpoints by SageMaker's API.</summary>
public sealed class SageMakerEndpoints(IAmazonSageMaker sageMaker) : IEndpoints
{
    /// <inheritdoc />
    public async Task<RunningEndpoint?> FindAsync(string endpoint, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await sageMaker.DescribeEndpointAsync(
                new DescribeEndpointRequest { EndpointName = endpoint },
                cancellationToken
            );
            return new RunningEndpoint(
                answer.EndpointName,
                answer.EndpointStatus.Value,
                answer.FailureReason,
                answer.EndpointConfigName,
                [
                    .. (answer.ProductionVariants ?? []).Select(variant => new RunningVariant(
                        variant.VariantName,
                        variant.CurrentInstanceCount,
                        variant.DesiredInstanceCount
                    )),
                ]
            );
        }
        catch (AmazonSageMakerException exception) when (SageMakerErrors.IsNotFound(exception))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<WantedVariant>> WantedAsync(
        string configuration,
        CancellationToken cancellationToken
    )
    {
        var answer = await sageMaker.DescribeEndpointConfigAsync(
            new DescribeEndpointConfigRequest { EndpointConfigName = configuration },
            cancellationToken
        );
        return
        [
            .. (answer.ProductionVariants ?? []).Select(variant => new WantedVariant(
                variant.VariantName,
                variant.ModelName
            )),
        ];
    }
}
