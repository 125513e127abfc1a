namespace Mlops.Local.Display;

/// <summary>Tells what happens. Calls come from several threads.</summary>
public interface IDisplay
{
    /// <summary>Shows one event.</summary>
    void Show(LocalEvent happened);
}
