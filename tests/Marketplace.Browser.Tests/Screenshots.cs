namespace Marketplace.Browser.Tests;

internal static class Screenshots
{
    public static Task<int> Take(string folder) => throw new NotSupportedException(folder);
}
