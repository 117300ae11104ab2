// Cecil reads on demand and is not made for two readers at once; only the builds run beside the rest.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
