using Mlops.Infra.Operations;
using Pulumi;
using Pulumi.AwsNative.CloudWatch;
using Pulumi.AwsNative.CloudWatch.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="Alarms"/>.</summary>
public sealed record AlarmsArgs
{
    /// <summary>What is watched.</summary>
    public required WatchedParts Parts { get; init; }

    /// <summary>ARN of the topic that is told; its policy and its key must let CloudWatch publish.</summary>
    public required Input<string> TopicArn { get; init; }
}

/// <summary>Tells the topic when something of ours needs a person. Each alarm says what to do.</summary>
public sealed class Alarms : ComponentResource
{
    /// <summary>Makes an alarm for each of the <see cref="AlarmRules"/>.</summary>
    public Alarms(string name, AlarmsArgs args, ComponentResourceOptions? options = null)
        : base("mlops:operations:Alarms", name, options)
    {
        Arns = [.. AlarmRules.Of(args.Parts).Select(rule => Alarm(rule, args).Arn)];
        RegisterOutputs();
    }

    /// <summary>ARNs of the alarms, in the order of <see cref="AlarmRules"/>.</summary>
    public IReadOnlyList<Output<string>> Arns { get; }

    private Alarm Alarm(AlarmRule rule, AlarmsArgs args)
    {
        var name = $"{args.Parts.Prefix}-{rule.Name}";
        return new Alarm(
            $"{name}-alarm",
            new AlarmArgs
            {
                AlarmName = name,
                AlarmDescription = rule.Description,
                Namespace = rule.Namespace,
                MetricName = rule.Metric,
                Dimensions =
                [
                    .. rule.Dimensions.Select(dimension => new AlarmDimensionArgs
                    {
                        Name = dimension.Name,
                        Value = dimension.Value,
                    }),
                ],
                Statistic = rule.Statistic,
                Period = (int)rule.Period.TotalSeconds,
                EvaluationPeriods = rule.Periods,
                DatapointsToAlarm = rule.PeriodsToAlarm,
                Threshold = rule.Threshold,
                ComparisonOperator = "GreaterThanOrEqualToThreshold",
                // Nothing is counted where nobody calls: silence is health here.
                TreatMissingData = "notBreaching",
                AlarmActions = { args.TopicArn },
            },
            new CustomResourceOptions { Parent = this }
        );
    }
}
