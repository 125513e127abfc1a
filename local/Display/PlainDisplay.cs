using System.Globalization;

namespace Mlops.Local.Display;

/// <summary>Lines of text without color: for pipes, files and CI.</summary>
public sealed class PlainDisplay(TextWriter output, TextWriter errors) : IDisplay
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, PipelineView> seen = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public void Show(LocalEvent happened)
    {
        lock (gate)
        {
            if (happened is Failed failed)
            {
                errors.WriteLine($"mlops: {failed.Text}");
                return;
            }

            foreach (var line in happened is PipelineChanged changed ? Changes(changed.Pipeline) : Lines.Of(happened))
            {
                output.WriteLine(line);
            }

            output.Flush();
        }
    }

    /// <summary>Only what is new, so that a log reads as a story.</summary>
    private IEnumerable<string> Changes(PipelineView pipeline)
    {
        var before = seen.GetValueOrDefault(pipeline.Name);
        seen[pipeline.Name] = pipeline;
        foreach (var stage in pipeline.Stages)
        {
            var old = before?.Stages.FirstOrDefault(other => other.Name == stage.Name);
            foreach (var action in stage.Actions.Where(action => action.Status is not null))
            {
                if (old?.Actions.FirstOrDefault(other => other.Name == action.Name)?.Status != action.Status)
                {
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {stage.Name, -16} {action.Name, -10} {action.Status}{(action.Error is { } error ? $": {error}" : "")}"
                    );
                }
            }
        }
    }
}
