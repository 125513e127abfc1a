namespace Mlops.Cli.Display;

/// <summary>What a command writes to standard output.</summary>
public enum OutputFormat
{
    /// <summary>Text for people; with color on a terminal, plain in a pipe.</summary>
    Text,

    /// <summary>One JSON object.</summary>
    Json,
}
