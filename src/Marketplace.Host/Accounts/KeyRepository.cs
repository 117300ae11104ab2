using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Accounts;

/// <summary>Keys of ASP.NET's data protection in the database, so that all hosts share them and they outlive a restart.</summary>
/// <remarks>Made while the host is composed, before the storage is open: the database is looked for when a key is.</remarks>
internal sealed class KeyRepository(IServiceProvider services) : IXmlRepository
{
    private IDbContextFactory<AccountsDatabase> Accounts => services.GetRequiredService<IDbContextFactory<AccountsDatabase>>();

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var database = Accounts.CreateDbContext();
        return [.. database.ProtectionKeys.AsNoTracking().Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var database = Accounts.CreateDbContext();
        database.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        database.SaveChanges();
    }
}
