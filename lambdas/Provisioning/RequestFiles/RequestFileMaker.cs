using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>Makes the files that a blueprint's parameters name, of a request and of the first line of its baseline data.</summary>
internal sealed class RequestFileMaker(IPackageStore assets, string assetsBucket)
{
    /// <summary>
    /// The first is enough for some thousand columns. The second is for those who have more: a header that is longer is a
    /// file without line ends.
    /// </summary>
    private static readonly int[] Lengths = [64 * 1024, 4 * 1024 * 1024];

    /// <summary>The request with its files, or what is wrong with the data that they are made of.</summary>
    public async Task<(ValidatedRequest Request, IReadOnlyList<Finding> Problems)> AddAsync(
        ValidatedRequest request,
        IReadOnlyList<Target> targets,
        CancellationToken cancellationToken
    )
    {
        var kinds = request
            .Blueprint.Manifest.Parts.SelectMany(part => part.Parameters)
            .Select(parameter => parameter.RequestFile)
            .OfType<RequestFileKind>()
            .Distinct()
            .ToList();
        if (kinds.Count == 0)
        {
            return (request, []);
        }

        // Neither has a value per target.
        var key = request.Text(RequestKeys.BaselineData, targets[0].Name);
        var shap = ShapJson.BaselineKey(request.Text(RequestKeys.ShapConfig, targets[0].Name));
        var (header, problem) = await HeaderAsync(key, cancellationToken);
        problem ??= Unfit(key, header!);
        List<Finding> problems =
        [
            .. problem is null ? HeaderColumns.Problems(request, targets[0].Name, header!) : [problem],
            .. await MissingAsync(shap, cancellationToken),
        ];
        if (problems.Count > 0)
        {
            return (request, problems);
        }

        var files = new Dictionary<(RequestFileKind, string), RequestFile>();
        foreach (var target in targets)
        {
            foreach (var kind in kinds)
            {
                files[(kind, target.Name)] = Make(kind, request, target.Name, header!);
            }
        }

        problem = files.Where(file => IsShap(file.Key.Item1)).Select(file => TooLarge(file.Value)).FirstOrDefault();
        return (request.With(files), problem is null ? [] : [problem]);
    }

    private RequestFile Make(
        RequestFileKind kind,
        ValidatedRequest request,
        string target,
        IReadOnlyList<string> header
    ) =>
        kind switch
        {
            RequestFileKind.BiasJob => BiasAnalysis.Job(request, target, header),
            RequestFileKind.BiasMonitor => BiasAnalysis.Monitor(request, target, header),
            RequestFileKind.ShapJob => ShapAnalysis.Job(request, target, header, assetsBucket),
            RequestFileKind.ShapMonitor => ShapAnalysis.Monitor(request, target, header, assetsBucket),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    private static bool IsShap(RequestFileKind kind) => kind is RequestFileKind.ShapJob or RequestFileKind.ShapMonitor;

    private static Finding? TooLarge(RequestFile file) =>
        file.Content.Length <= KeyReader.AnalysisLimit
            ? null
            : new Finding(
                FindingCodes.TooLong,
                Quote.Pointer("", RequestKeys.ShapConfig),
                null,
                $"{KeyReader.AnalysisLimit} bytes at most, with the names of the columns",
                $"{Quote.Text(RequestKeys.ShapConfig)} and the header of the baseline data make an analysis configuration of {file.Content.Length} bytes, more than a state machine can hold.",
                "Put the rows of \"baseline\" into a file in the assets bucket, and give its key; shorten the names of columns."
            );

    private async Task<IEnumerable<Finding>> MissingAsync(string shapBaseline, CancellationToken cancellationToken) =>
        shapBaseline.Length == 0 || await assets.ReadStartAsync(shapBaseline, 1, cancellationToken) is not null
            ? []
            :
            [
                new Finding(
                    FindingCodes.BaselineData,
                    Quote.Pointer(Quote.Pointer("", RequestKeys.ShapConfig), "baseline"),
                    Finding.Shortened(shapBaseline),
                    "a file in the assets bucket",
                    $"There is no {Quote.Text(shapBaseline)} in the assets bucket.",
                    "Upload it first."
                ),
            ];

    private async Task<(IReadOnlyList<string>? Header, Finding? Problem)> HeaderAsync(
        string key,
        CancellationToken cancellationToken
    )
    {
        foreach (var length in Lengths)
        {
            if (await assets.ReadStartAsync(key, length, cancellationToken) is not { } start)
            {
                return (null, Wrong(key, $"There is no {Quote.Text(key)} in the assets bucket.", "Upload it first."));
            }

            var isWhole = start.Length < length;
            if (CsvHeader.Read(start.Span, isWhole) is { } header)
            {
                return (header, null);
            }

            if (isWhole)
            {
                break;
            }
        }

        return (
            null,
            Wrong(
                key,
                $"The first line of {Quote.Text(key)} cannot be read as a header.",
                "Write it in UTF-8, with a line end and with every quote closed."
            )
        );
    }

    private static Finding? Unfit(string key, IReadOnlyList<string> header) =>
        header.Any(name => name.Length == 0)
            ? Wrong(key, $"A column of {Quote.Text(key)} has no name.", "Name every column in the first line.")
        : header.Distinct(StringComparer.Ordinal).Count() < header.Count
            ? Wrong(key, $"Two columns of {Quote.Text(key)} have the same name.", "Give each column its own name.")
        : header.Count == 1
            ? Wrong(
                key,
                $"The first line of {Quote.Text(key)} has one column only.",
                "Put commas between the columns: the label first, then the features."
            )
        : null;

    private static Finding Wrong(string key, string message, string remedy) =>
        new(
            FindingCodes.BaselineData,
            Quote.Pointer("", RequestKeys.BaselineData),
            Finding.Shortened(key),
            "a CSV file with a header, in the assets bucket",
            message,
            remedy
        );
}
