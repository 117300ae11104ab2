-- What the catalog is filtered by: how rights stand, and who stands behind what will be owed.
ALTER TABLE results ADD COLUMN right_statuses TEXT NOT NULL DEFAULT '';
ALTER TABLE offers ADD COLUMN cover TEXT NOT NULL DEFAULT 'Unsecured';
