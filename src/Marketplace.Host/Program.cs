using System.Globalization;
using Marketplace.Host.Composition;
using Marketplace.Journal;
using Microsoft.AspNetCore.Connections;

try
{
    await using var app = MarketplaceHost.Build(args);
    await app.StartEngine();
    await app.WaitForShutdownAsync();
    return ExitCode.Ok;
}
catch (StorageRefusedException refused)
{
    return Refuse(ExitCode.StorageRefused, refused.Zh, refused.En);
}
catch (IOException bind) when (bind.InnerException is AddressInUseException)
{
    return Refuse(ExitCode.AddressInUse, "监听地址已被占用,请用 --urls 指定其他地址。", "The address is in use; choose another with --urls.");
}

static int Refuse(int exitCode, string zh, string en)
{
    Console.Error.WriteLine(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? zh : en);
    return exitCode;
}
