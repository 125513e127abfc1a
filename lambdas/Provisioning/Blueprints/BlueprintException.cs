namespace Mlops.Provisioning.Blueprints;

/// <summary>A blueprint's folder is not one: the fault of who wrote or packed it, never of a request.</summary>
public sealed class BlueprintException : Exception
{
    /// <summary>What is wrong, with the file.</summary>
    public BlueprintException(string message, Exception? inner = null)
        : base(message, inner) => Problems = [message];

    /// <summary>Several things are wrong with one file.</summary>
    public BlueprintException(string file, IReadOnlyList<string> problems)
        : base($"{file}: {string.Join("; ", problems)}") => Problems = problems;

    /// <summary>What is wrong, each by itself and, where there are several, without the file.</summary>
    public IReadOnlyList<string> Problems { get; }
}
