-- Guarantor or broker that signs an agreement too.
ALTER TABLE agreements ADD COLUMN third_party TEXT;
