using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.AwsNative.ApiGateway;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about <see cref="ApiGatewayLogging"/>.</summary>
public sealed record ApiGatewayLoggingArgs
{
    /// <summary>The account whose API Gateway may log.</summary>
    public required CloudAccount Account { get; init; }

    /// <summary>ARN of the role's permissions boundary; null: none.</summary>
    public Input<string>? BoundaryArn { get; init; }
}

/// <summary>
/// The role with which API Gateway writes logs: one for all APIs of an account and region, so it stays when this stack
/// goes.
/// </summary>
public sealed class ApiGatewayLogging : ComponentResource
{
    /// <summary>Makes the role and gives it to the account's API Gateway.</summary>
    public ApiGatewayLogging(string name, ApiGatewayLoggingArgs args, ComponentResourceOptions? options = null)
        : base("mlops:api:ApiGatewayLogging", name, options)
    {
        var role = new ServiceRole(
            name,
            new ServiceRoleArgs
            {
                Description = "Lets API Gateway write the logs of the APIs of this account",
                Service = "apigateway.amazonaws.com",
                Retain = true,
                BoundaryArn = args.BoundaryArn,
                Policies = new Dictionary<string, IReadOnlyList<PolicyStatement>> { ["Logs"] = Logs(args.Account) },
            },
            new ComponentResourceOptions { Parent = this }
        );
        Account = new Account(
            $"{name}-account",
            new AccountArgs { CloudWatchRoleArn = role.Arn },
            new CustomResourceOptions { Parent = this, RetainOnDelete = true }
        );
        RegisterOutputs();
    }

    /// <summary>A stage can log once this is in place.</summary>
    public Account Account { get; }

    private static PolicyStatement[] Logs(CloudAccount account) =>
        [
            new()
            {
                Sid = "WriteLogs",
                Actions =
                [
                    "logs:CreateLogGroup",
                    "logs:CreateLogStream",
                    "logs:DescribeLogGroups",
                    "logs:DescribeLogStreams",
                    "logs:FilterLogEvents",
                    "logs:GetLogEvents",
                    "logs:PutLogEvents",
                ],
                Resources = [account.Arn("logs", "*")],
            },
        ];
}
