using Marketplace.Browser.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// xUnit would write this file but for its first case.
return args switch
{
    ["screenshots", var folder] => await Screenshots.Take(folder, everything: false),
    ["screenshots", var folder, "all"] => await Screenshots.Take(folder, everything: true),
    _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
