namespace Mlops.Local;

/// <summary>What every command of ours ends with; the same numbers as those of the command line.</summary>
public static class ExitCodes
{
    /// <summary>Done; or ended by Ctrl-C, which is how a run that stays is ended.</summary>
    public const int Done = 0;

    /// <summary>Something the user can mend: the message says how. Also a pipeline that failed.</summary>
    public const int Failed = 1;

    /// <summary>All that is left is an approval.</summary>
    public const int Waits = 3;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>A bug of ours.</summary>
    public const int Bug = 70;
}
