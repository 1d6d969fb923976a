# What the commands for brokers of single sign-on have in common.

cli-broker-nothing = Nothing was changed.
cli-broker-certificate = Certificate until { $until }
