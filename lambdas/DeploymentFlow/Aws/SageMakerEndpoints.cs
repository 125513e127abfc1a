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
            )
            {
                Capture = answer.DataCaptureConfig is { } capture
                    ? new DataCapture(
                        capture.EnableCapture ?? false,
                        capture.CurrentSamplingPercentage,
                        capture.DestinationS3Uri
                    )
                    : null,
                RollbackAlarms =
                [
                    .. (answer.LastDeploymentConfig?.AutoRollbackConfiguration?.Alarms ?? []).Select(alarm =>
                        alarm.AlarmName
                    ),
                ],
            };
        }
        catch (AmazonSageMakerException exception) when (SageMakerErrors.IsNotFound(exception))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<WantedEndpoint> WantedAsync(string configuration, CancellationToken cancellationToken)
    {
        var answer = await sageMaker.DescribeEndpointConfigAsync(
            new DescribeEndpointConfigRequest { EndpointConfigName = configuration },
            cancellationToken
        );
        return new WantedEndpoint(
            [
                .. (answer.ProductionVariants ?? []).Select(variant => new WantedVariant(
                    variant.VariantName,
                    variant.ModelName,
                    variant.InitialInstanceCount
                )),
            ],
            answer.DataCaptureConfig is { } capture
                ? new DataCapture(
                    capture.EnableCapture ?? true,
                    capture.InitialSamplingPercentage,
                    capture.DestinationS3Uri
                )
                : null
        );
    }
}
