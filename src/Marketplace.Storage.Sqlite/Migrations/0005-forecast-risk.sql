-- The second version of the weights adds a reason, a forecast, which no agreement has given yet: reasons and scores stay what they are.
UPDATE report_risks SET weights_version = 2;
