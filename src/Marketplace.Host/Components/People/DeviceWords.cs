namespace Marketplace.Host.Components.People;

/// <summary>What a browser says of itself, in words that people know their devices by.</summary>
internal static class DeviceWords
{
    // The first that is found: each browser also names those that it wants to be taken for.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("MicroMessenger/", "WeChat"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static string Of(string agent, Reader reader)
    {
        string?[] parts = [NameIn(Browsers, agent), NameIn(Systems, agent)];
        return parts.OfType<string>().ToList() is { Count: > 0 } known ? string.Join(" · ", known) : reader.T("未知设备", "An unknown device");
    }

    private static string? NameIn((string Sign, string Name)[] known, string agent) =>
        known.Where(k => agent.Contains(k.Sign, StringComparison.Ordinal)).Select(k => k.Name).FirstOrDefault();
}
