using Marketplace.Host.CommandLine;

return await MarketplaceCommandLine.Run(args);
