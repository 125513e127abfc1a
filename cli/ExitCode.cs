namespace Mlops.Cli;

/// <summary>How a command ended, for scripts. 64 and 70 are those of BSD's sysexits.h.</summary>
public enum ExitCode
{
    /// <summary>Done; for a pipeline that was watched: it succeeded.</summary>
    Done = 0,

    /// <summary>The user's failure: a finding in a request, an API that refuses, a pipeline that was watched and failed.</summary>
    Failed = 1,

    /// <summary>A difference was found (<c>plan</c>).</summary>
    Different = 2,

    /// <summary>All that is left to do is an approval.</summary>
    WaitsForApproval = 3,

    /// <summary>Wrong usage: an unknown command or option, a missing argument.</summary>
    WrongUsage = 64,

    /// <summary>A bug of ours; the stack is on standard error.</summary>
    Bug = 70,
}
