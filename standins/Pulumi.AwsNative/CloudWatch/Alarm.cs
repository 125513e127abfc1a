namespace Pulumi.AwsNative.CloudWatch;

[AwsNativeResourceType("aws-native:cloudwatch:Alarm")]
public partial class Alarm : CustomResource
{
    [Output("alarmName")]
    public Output<string?> AlarmName { get; private set; } = null!;

    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    public Alarm(string name, AlarmArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:cloudwatch:Alarm", name, args ?? new AlarmArgs(), Utilities.Options(options, "alarmName"))
    { }
}

public sealed class AlarmArgs : ResourceArgs
{
    [Input("alarmActions")]
    private InputList<string>? _alarmActions;

    public InputList<string> AlarmActions
    {
        get => _alarmActions ??= new();
        set => _alarmActions = value;
    }

    [Input("alarmDescription")]
    public Input<string>? AlarmDescription { get; set; }

    [Input("alarmName")]
    public Input<string>? AlarmName { get; set; }

    [Input("comparisonOperator")]
    public Input<string>? ComparisonOperator { get; set; }

    [Input("datapointsToAlarm")]
    public Input<int>? DatapointsToAlarm { get; set; }

    [Input("dimensions")]
    private InputList<Inputs.AlarmDimensionArgs>? _dimensions;

    public InputList<Inputs.AlarmDimensionArgs> Dimensions
    {
        get => _dimensions ??= new();
        set => _dimensions = value;
    }

    [Input("evaluationPeriods")]
    public Input<int>? EvaluationPeriods { get; set; }

    [Input("metricName")]
    public Input<string>? MetricName { get; set; }

    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    [Input("okActions")]
    private InputList<string>? _okActions;

    public InputList<string> OkActions
    {
        get => _okActions ??= new();
        set => _okActions = value;
    }

    [Input("period")]
    public Input<int>? Period { get; set; }

    [Input("statistic")]
    public Input<string>? Statistic { get; set; }

    [Input("threshold")]
    public Input<double>? Threshold { get; set; }

    [Input("treatMissingData")]
    public Input<string>? TreatMissingData { get; set; }

    public static new AlarmArgs Empty => new();
}
