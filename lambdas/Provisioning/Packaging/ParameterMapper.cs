using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.RequestFiles;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Packaging;

/// <summary>Makes CloudFormation parameters of a request, for each target, in the manifest's order.</summary>
public static class ParameterMapper
{
    /// <summary>One result per target, each with one per part.</summary>
    public static IReadOnlyList<MappedTarget> Map(ValidatedRequest request, ProvisioningSettings settings) =>
        [
            .. settings
                .TargetsOf(request.Blueprint.Manifest)
                .Select(target => new MappedTarget(target, Map(request, target, settings))),
        ];

    /// <summary>Name of a part's stack.</summary>
    public static string StackName(PipelineName pipeline, PartDefinition part) =>
        part.StackSuffix.Length == 0 ? pipeline.Text : $"{pipeline.Text}-{part.StackSuffix}";

    private static List<MappedPart> Map(ValidatedRequest request, Target target, ProvisioningSettings settings)
    {
        var mapped = new List<MappedPart>();
        foreach (var part in request.Blueprint.Manifest.Parts)
        {
            var files = new List<RequestFile>();
            IReadOnlyList<KeyValuePair<string, string>> parameters =
            [
                .. part.Parameters.Select(parameter =>
                {
                    var value = parameter.Transforms.Aggregate(
                        Value(parameter, request, mapped, target, settings),
                        Apply
                    );
                    return KeyValuePair.Create(
                        parameter.Name,
                        LargeValue.Fit(parameter, value, request.Blueprint.Manifest, files)
                    );
                }),
            ];
            parameters = JobName.Fill(request, part, target.Name, parameters);
            parameters = DerivedValues.Fill(request, part, parameters);
            mapped.Add(new MappedPart(part, StackName(request.Name, part), parameters) { Files = files });
        }

        return mapped;
    }

    private static string Value(
        ParameterDefinition parameter,
        ValidatedRequest request,
        IReadOnlyList<MappedPart> earlier,
        Target target,
        ProvisioningSettings settings
    ) =>
        parameter switch
        {
            { Key: { } key } => request.Text(key, target.Name),
            { Deployment: { } value } => Value(value, target, settings),
            { Computed: { } value } => Value(value, request, target, settings.Deployment.AccountMode),
            { Part: { } part } => earlier
                .Single(one => one.Part.Name == part)
                .Parameters.Single(one => one.Key == parameter.Name)
                .Value,
            { Image: { } image } => request.ToolImage(image),
            { RequestFile: { } kind } => request.FileKey(kind, target.Name),
            _ => parameter.Literal ?? "", // A stable name is made of other parameters, so after them.
        };

    private static string Value(DeploymentValue value, Target target, ProvisioningSettings settings) =>
        value switch
        {
            DeploymentValue.AssetsBucket => settings.Deployment.AssetsBucket,
            DeploymentValue.EcrRepositoryArn => settings.EcrRepositoryArn,
            DeploymentValue.NotificationsTopicArn => settings.Deployment.NotificationsTopicArn,
            DeploymentValue.PermissionsBoundary => settings.Deployment.BoundaryArn(target),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
        };

    private static string Value(ComputedValue value, ValidatedRequest request, Target target, AccountMode mode) =>
        value switch
        {
            ComputedValue.ImageUri or ComputedValue.TrainingImageUri => request.ImageUri(target.Name),
            ComputedValue.ModelPackageGroup => ModelPackageArn.TryParse(
                request.Text(RequestKeys.ModelPackageName, target.Name),
                out var package
            )
                ? package.Group
                : "",
            ComputedValue.VolumeKmsKeyArn => InstanceType.TryParse(Instance(request, target), out var instance)
            && !instance.HasLocalStorage
                ? request.Text(RequestKeys.KmsKeyArn, target.Name)
                : "",
            ComputedValue.InferenceApiLogging => request.Text(RequestKeys.InferenceApiLogging, target.Name) switch
            {
                "" => mode == AccountMode.Single ? "enabled" : "disabled",
                var asked => asked == "True" ? "enabled" : "disabled",
            },
            ComputedValue.JobNamePrefix => "", // Made of all the other parameters, so after them.
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
        };

    private static string Instance(ValidatedRequest request, Target target) =>
        request.Text(RequestKeys.InferenceInstance, target.Name) is { Length: > 0 } hosting
            ? hosting
            : request.Text(RequestKeys.InstanceType, target.Name);

    private static string Apply(string text, Transform transform) =>
        transform switch
        {
            Transform.TrimSlash => text.EndsWith('/') ? text[..^1] : text,
            Transform.LowerTrim => text.Trim().ToLowerInvariant(),
            Transform.Bucket => text.Split('/')[0],
            Transform.AfterBucket => string.Join('/', text.Split('/').Skip(1)),
            Transform.InsideBucket => text.Contains('/', StringComparison.Ordinal) ? text : $"{text}/",
            Transform.ParameterRanges => TuningJson.ParameterRanges(text),
            Transform.TuningJobConfig => TuningJson.JobConfig(text),
            Transform.MetricDefinitions => TuningJson.MetricDefinitions(text),
            Transform.ShapBaselineKey => ShapJson.BaselineKey(text),
            _ => throw new ArgumentOutOfRangeException(nameof(transform), transform, null),
        };
}
